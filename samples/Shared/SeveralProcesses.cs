using System.Reflection;
using ResNetGen.Checkpoints;
using ResNetGen.Distributed.Launching;

namespace ResNetGen.Samples;

/// <summary>Starts this program again as the ranks of one run, and waits for them.</summary>
internal static class SeveralProcesses
{
    /// <summary>Starts them.</summary>
    /// <param name="wanted">How many.</param>
    /// <param name="arguments">What was typed.</param>
    /// <param name="folder">The run's folder, the same for all processes.</param>
    /// <param name="checkpoints">Where the run's checkpoints are, for the message after a failure; the newest of them counts.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ProcessRequest wanted, IReadOnlyList<string> arguments, string folder, Func<IEnumerable<string>> checkpoints)
    {
        List<string> own = [.. ProcessOptions.Without(arguments)];
        if (!ResumeCommand.NamesOutput(own))
        {
            own.AddRange(["--output", folder]);
        }

        string program = Environment.ProcessPath ?? "dotnet";
        return ProcessLauncher.Run(new LaunchOptions
        {
            Processes = wanted.Count,
            Oversubscribe = wanted.Oversubscribe,
            Program = program,
            Arguments = ResumeCommand.IsHost(program) ? [Assembly.GetEntryAssembly()!.Location, .. own] : own,
            // The command that rank 0 prints is the one that starts all of them.
            Environment = new Dictionary<string, string> { [ResumeCommand.FrontDoor] = ResumeCommand.Program() + " " + ProcessOptions.Typed(wanted) },
            AfterFailure = () => Newest(checkpoints()) is { } newest
                ? $"last checkpoint {newest}, go on with: {ResumeCommand.For(arguments, folder)}"
                : "there is no checkpoint yet: start the run again",
        });
    }

    private static string? Newest(IEnumerable<string> folders) => folders
        .SelectMany(static folder => new CheckpointFolder(folder).Files.Take(1))
        .MaxBy(File.GetLastWriteTimeUtc);
}
