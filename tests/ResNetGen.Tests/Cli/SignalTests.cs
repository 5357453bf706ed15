using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ResNetGen.Tests.Cli;

/// <summary>The program as a process of its own, stopped from outside.</summary>
public sealed partial class SignalTests : CliRuns
{
    [Theory]
    [InlineData(2, 130)]
    [InlineData(15, 143)]
    public async Task The_first_signal_writes_a_checkpoint_and_says_how_to_go_on(int signal, int code)
    {
        string undisturbed = Path.Combine(Root, "undisturbed");
        string[] options = ["--network", "resnet20", "--epochs", "20"];
        Ended whole = Run([.. Arguments(undisturbed), .. options]);

        using Process process = SampleProcess.Start([.. Arguments(Output), .. options]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        WaitForSteps(process);
        Assert.Equal(0, Kill(process.Id, signal));
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal("", await error);
        Assert.Equal(code, process.ExitCode);
        string printed = await output;
        string[] lines = printed.TrimEnd().Split('\n');
        Assert.Matches(@"^interrupted after \d+ of 40 iterations; checkpoint in .+checkpoint-\d+\.safetensors$", lines[^2]);
        Assert.StartsWith("resume with: the-front-door --data ", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith(" --resume", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("test accuracy", printed, StringComparison.Ordinal);

        // The command it printed, from the words after the front door on.
        string[] words = lines[^1]["resume with: the-front-door ".Length..].Split(' ');
        Ended resumed = Run(words);
        Assert.Equal("", resumed.Error);
        Assert.Equal(whole.LastLine, resumed.LastLine);
        Assert.Equal(Metrics(undisturbed), Metrics(Output));
    }

    /// <summary>As a job that SLURM tells of its end: saved, queued again under the name of its array's task.</summary>
    [Fact]
    public async Task The_signal_of_SLURM_saves_and_has_the_job_queued_again()
    {
        string said = Path.Combine(Root, "said");
        string tools = Directory.CreateDirectory(Path.Combine(Root, "tools")).FullName;
        string scontrol = Path.Combine(tools, "scontrol");
        File.WriteAllText(scontrol, $"#!/bin/sh\necho \"$@\" > '{said}'\n");
        await Process.Start("chmod", ["+x", scontrol]).WaitForExitAsync();
        using Process process = SampleProcess.Start([.. Arguments(Output), "--network", "resnet20", "--epochs", "20"], new Dictionary<string, string>
        {
            ["PATH"] = $"{tools}:{Environment.GetEnvironmentVariable("PATH")}",
            ["SLURM_JOB_ID"] = "19",
            ["SLURM_ARRAY_JOB_ID"] = "17",
            ["SLURM_ARRAY_TASK_ID"] = "3",
            ["SLURM_PROCID"] = "0",
        });
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        WaitForSteps(process);
        Assert.Equal(0, Kill(process.Id, 10));
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal("", await error);
        Assert.Equal(138, process.ExitCode);
        string[] lines = (await output).TrimEnd().Split('\n');
        Assert.StartsWith("interrupted after ", lines[^3], StringComparison.Ordinal);
        Assert.Equal("SLURM queues job 17_3 again", lines[^1]);
        Assert.Equal("requeue 17_3\n", await File.ReadAllTextAsync(said, patience.Token));
        Assert.NotNull(new ResNetGen.Checkpoints.CheckpointFolder(Path.Combine(Output, "checkpoints")).FindLatestValid().Found);
    }

    private void WaitForSteps(Process process)
    {
        string metrics = Path.Combine(Output, "metrics.jsonl");
        Stopwatch clock = Stopwatch.StartNew();
        while (!File.Exists(metrics) || new FileInfo(metrics).Length == 0)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "no step was made in a minute");
            Assert.False(process.HasExited, string.Create(CultureInfo.InvariantCulture, $"ended early with {(process.HasExited ? process.ExitCode : 0)}"));
            Thread.Sleep(20);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
