using System.Diagnostics;
using ResNetGen.Checkpoints;

namespace ResNetGen.Tests.Cli;

/// <summary>The program as a process of its own, killed without a chance to say or save anything.</summary>
public sealed class KillTests : CliRuns
{
    private static readonly string[] Options = ["--network", "resnet20", "--epochs", "20"];

    [Fact]
    public async Task A_run_killed_again_and_again_ends_with_the_weights_of_one_that_never_was()
    {
        string undisturbed = Path.Combine(Root, "undisturbed");
        Assert.Equal(0, Run([.. Arguments(undisturbed), .. Options]).Code);

        // While a checkpoint is being written, as near as a look from outside can hit it.
        await KillWhen(() => Saved >= 2 && Directory.EnumerateFiles(Checkpoints, "*.unfinished").Any());
        long first = Saved;

        // Right after a line, so as a rule between an evaluation and its checkpoint: the line is there, the checkpoint is not.
        long length = 0;
        await KillWhen(() => Saved >= first + 4 && Length != Interlocked.Exchange(ref length, Length), "--resume");
        long second = Saved;

        // In the middle of a step.
        await KillWhen(() => Saved >= second + 4, "--resume");
        Assert.InRange(Saved, second + 4, 39);

        Ended resumed = Run([.. Arguments(Output), .. Options, "--resume"]);
        Assert.Equal("", resumed.Error);
        Assert.Contains("resumed at iteration ", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(Tensors(undisturbed), Tensors(Output));
        Assert.Equal(Metrics(undisturbed), Metrics(Output));
        Assert.Empty(Directory.EnumerateFiles(Checkpoints, "*.unfinished"));
    }

    private string Checkpoints => Path.Combine(Output, "checkpoints");

    private long Length => new FileInfo(Path.Combine(Output, "metrics.jsonl")).Length;

    /// <summary>The iteration in the newest checkpoint's name; 0 where there is none.</summary>
    private long Saved => new CheckpointFolder(Checkpoints).Files is [var newest, ..] ? CheckpointFile.ReadInfo(newest).Position.Iteration : 0;

    private async Task KillWhen(Func<bool> due, params string[] more)
    {
        using Process process = SampleProcess.Start([.. Arguments(Output), .. Options, .. more]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            Stopwatch clock = Stopwatch.StartNew();
            while (!due())
            {
                Assert.True(clock.Elapsed < TimeSpan.FromMinutes(3), "the moment did not come within three minutes");
                Assert.False(process.HasExited, "ended before it could be killed");
                Thread.Sleep(1);
            }
        }
        finally
        {
            // SIGKILL on Unix, and nothing is left behind where the wait failed.
            process.Kill();
        }

        await process.WaitForExitAsync();
        Assert.Equal(137, process.ExitCode);
        Assert.Equal("", await error);
        Assert.DoesNotContain("test accuracy", await output, StringComparison.Ordinal);
    }

    /// <summary>Every tensor of a run's newest checkpoint, bit for bit.</summary>
    private static Dictionary<string, string> Tensors(string output)
    {
        using TrainingState state = CheckpointFile.Load(NewestCheckpoint(output));
        Assert.Equal(40, state.Position.Iteration);
        return state.Tensors.ToDictionary(static t => t.Key, static t => Convert.ToHexString(t.Value.contiguous().bytes), StringComparer.Ordinal);
    }
}
