using ResNetGen.Checkpoints;
using ResNetGen.Distributed;
using ResNetGen.Distributed.Launching;
using ResNetGen.Native;
using ResNetGen.Tests.Training;
using ResNetGen.Training;

namespace ResNetGen.DataParallel.Tests;

/// <summary>What a process makes of others that are missing, or were never there.</summary>
public sealed class LossTests : RankThreads
{
    private static readonly ProcessGroupException s_gone = new("Rank 1 is gone.", ProcessGroupFailure.PeerLost, 1);

    [Fact]
    public void One_rank_is_a_process_by_itself_to_the_bit()
    {
        One<NormNet>("one");
        float[] expected = TestNet.Last[0];
        Recorder recorder = new();
        Assert.True(Several<NormNet>(1, "group", recorder: recorder)[0].Done().Completed);
        Assert.Equal(expected, TestNet.Last[0]);
        Assert.Contains(", 1 rank of ", recorder.Run!.Compute.Description, StringComparison.Ordinal);
        Assert.Contains(", gloo, named by test", recorder.Run.Compute.Description, StringComparison.Ordinal);
    }

    /// <summary>Without an ear for it, it would end with the timeout, which is another exception.</summary>
    [Fact]
    public void Who_is_asked_to_stop_does_not_wait_for_ranks_that_do_not_come()
    {
        using CancellationTokenSource source = new(TimeSpan.FromSeconds(0.2));
        Assert.ThrowsAny<OperationCanceledException>(() => Ranks.Join(Rank(0, FreePort.Find()), gpu: null, Options with { Cancellation = source.Token }));
    }

    /// <summary>The reason comes from the rank itself: who only misses its signs of work does not know it.</summary>
    [Fact]
    public void Who_waits_for_a_rank_that_gave_up_hears_why()
    {
        int port = FreePort.Find();
        Thread other = new(() =>
        {
            using Ranks ranks = Ranks.Join(Rank(1, port), gpu: null, Options);
            ranks.Leave(new InvalidOperationException("a mistake in an observer"));
        });
        other.Start();
        using Ranks ranks = Ranks.Join(Rank(0, port), gpu: null, Options);
        ProcessGroupException lost = Assert.Throws<ProcessGroupException>(() => ranks.Texts("here"));
        other.Join();
        Assert.Contains("a mistake in an observer", lost.Message, StringComparison.Ordinal);
        Assert.Equal(1, lost.LostRank);
    }

    [Fact]
    public void The_checkpoint_to_go_on_from_is_named_wherever_there_is_one()
    {
        One<PlainNet>("run");
        string newest = new CheckpointFolder(Path.Combine(Folder("run"), "checkpoints")).Files[0];
        TrainerOptions run = Options with { Output = Folder("run") };

        PeerLostException early = Assert.IsType<PeerLostException>(new RunTrail(run with { Resume = true }, restarted: false).Explain(s_gone));
        Assert.Equal((1, newest), (early.Rank, early.Checkpoint));
        Assert.Contains(newest, early.Message, StringComparison.Ordinal);
        Assert.Equal(newest, Assert.IsType<PeerLostException>(new RunTrail(run, restarted: true).Explain(s_gone)).Checkpoint);

        PeerLostException late = Assert.IsType<PeerLostException>(new RunTrail(run, restarted: false) { Checkpoint = "c7", Iteration = 9 }.Explain(s_gone));
        Assert.Equal("c7", late.Checkpoint);
        Assert.Contains("Training stopped after iteration 9. The last checkpoint, c7,", late.Message, StringComparison.Ordinal);

        // Another run's, in a folder that this one was not asked to go on in, is none of its own.
        Assert.Contains("No checkpoint was written", new RunTrail(run, restarted: false).Explain(s_gone).Message, StringComparison.Ordinal);
        Assert.Contains("resume it again", new RunTrail(Options with { Output = Folder("elsewhere"), Resume = true }, restarted: false).Explain(s_gone).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranks_that_train_different_networks_have_lost_nobody() => Assert.IsType<BadInputException>(
        new RunTrail(Options, restarted: true).Explain(new ProcessGroupException("the networks differ", ProcessGroupFailure.Call)));

    private static TrainerOptions Options { get; } = new() { Output = "unused", CommunicationTimeout = TimeSpan.FromSeconds(3) };

    private static RankEnvironment Rank(int rank, int port) => new()
    {
        Rank = rank, LocalRank = rank, WorldSize = 2, LocalWorldSize = 2, MasterAddress = "127.0.0.1", MasterPort = port, Source = "test",
    };
}
