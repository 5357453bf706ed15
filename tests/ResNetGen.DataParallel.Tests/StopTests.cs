using ResNetGen.Checkpoints;
using ResNetGen.Distributed;
using ResNetGen.Tests.Training;
using ResNetGen.Training;

namespace ResNetGen.DataParallel.Tests;

/// <summary>What ends one rank ends all, at the same step.</summary>
public sealed class StopTests : RankThreads
{
    [Fact]
    public void A_rank_that_is_asked_to_stop_stops_all_with_a_checkpoint()
    {
        using CancellationTokenSource source = new();
        Recorder recorder = new();
        Saboteur saboteur = new((6, source.Cancel));
        RankThreads.Ended[] ended = Several<PlainNet>(3, "run", change: (options, rank) =>
            rank == 0 ? options with { Observers = [recorder, saboteur] } : rank == 2 ? options with { Cancellation = source.Token } : options);

        // Rank 2 may be in its next step already when rank 0 is told of this one; which step it is, all end after it.
        long last = ended[0].Done().Iteration;
        Assert.InRange(last, 6, 7);
        Assert.All(ended, rank => Assert.Equal((false, last), (rank.Done().Completed, rank.Done().Iteration)));
        Assert.All(ended, rank => Assert.Equal(recorder.Checkpoints[^1].Path, rank.Done().Checkpoint));
        Assert.Equal(last, recorder.Checkpoints[^1].Iteration);
    }

    [Fact]
    public void An_evaluation_given_up_on_one_rank_is_given_up_on_all()
    {
        RankThreads.Ended[] ended = Several<PlainNet>(2, "run", recorder: new Recorder { StopInEvaluationAt = 20 });
        Assert.All(ended, static rank => Assert.Equal((false, 20, null), (rank.Done().Completed, rank.Done().Iteration, rank.Done().LastEvaluation?.Iteration == 20 ? "evaluated" : null)));
        RankThreads.Ended[] again = Several<PlainNet>(2, "run", change: static (options, _) => options with { Resume = true });
        Assert.All(again, static rank => Assert.Equal((true, 20L), (rank.Done().Completed, rank.Done().LastEvaluation!.Iteration)));
    }

    [Fact]
    public void A_loss_that_is_not_finite_on_one_rank_stops_all_before_the_update()
    {
        RankThreads.Ended[] ended = Several<PlainNet>(3, "run", before: static rank => PlainNet.OverflowsAfter = rank == 1 ? 9 : 0,
            change: static (options, _) => options with { CheckpointEvery = 4 });
        string kept = new CheckpointFolder(Path.Combine(Folder("run"), "checkpoints")).Files[0];
        Assert.All(ended, rank =>
        {
            string message = Assert.IsType<TrainingDivergedException>(rank.Failure).Message;
            Assert.Contains("on rank 1 in iteration 10", message, StringComparison.Ordinal);
            Assert.Contains(kept, message, StringComparison.Ordinal);
        });
        SameOnAll(3);
    }

    [Fact]
    public void Pictures_that_one_rank_cannot_read_stop_all_with_a_checkpoint()
    {
        bool[] broken = new bool[2];
        RankThreads.Ended[] ended = Several<PlainNet, BreakableSet>(2, "run", rank => new BreakableSet(() => broken[rank]), change: (options, rank) =>
            rank == 0 ? options with { Observers = [new Saboteur((3, () => broken[1] = true))] } : options);
        Assert.All(ended, static rank => Assert.Contains(" cannot be read: it is gone. Training stopped after iteration ", Assert.IsType<BadInputException>(rank.Failure).Message, StringComparison.Ordinal));
        Assert.StartsWith("Rank 1: picture", ended[0].Failure!.Message, StringComparison.Ordinal);
        Assert.StartsWith("picture", ended[1].Failure!.Message, StringComparison.Ordinal);
        Assert.Single(new CheckpointFolder(Path.Combine(Folder("run"), "checkpoints")).Files);
    }

    [Fact]
    public void A_rank_that_falls_is_named_to_the_others_with_the_last_checkpoint()
    {
        RankThreads.Ended[] ended = Several<PlainNet, BreakableSet>(3, "run", static rank => new BreakableSet(static () => false), change: static (options, rank) =>
            rank == 0 ? options with { CheckpointEvery = 4, Observers = [new Saboteur((6, static () => throw new InvalidOperationException("a mistake in an observer")))] }
            : options with { CheckpointEvery = 4 });
        string kept = new CheckpointFolder(Path.Combine(Folder("run"), "checkpoints")).Files[0];
        Assert.IsType<InvalidOperationException>(ended[0].Failure);
        foreach (RankThreads.Ended rank in ended[1..])
        {
            PeerLostException lost = Assert.IsType<PeerLostException>(rank.Failure);
            Assert.Equal((0, kept), (lost.Rank, lost.Checkpoint));
            Assert.Contains("Training stopped after iteration 6", lost.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_cannot_be_shared_out_is_refused()
    {
        Assert.Contains("it must be a multiple of 5, such as 20 or 25",
            Assert.IsType<BadInputException>(Several<PlainNet>(5, "run")[3].Failure).Message, StringComparison.Ordinal);
        Assert.Contains("Recipe.GhostBatch is 6, and TrainerOptions.SynchronizedBatchNorm is set", Assert.IsType<BadInputException>(
            Several<NormNet>(2, "run", Recipe with { GhostBatch = 6 }, change: static (o, _) => o with { SynchronizedBatchNorm = true })[1].Failure).Message, StringComparison.Ordinal);
    }
}
