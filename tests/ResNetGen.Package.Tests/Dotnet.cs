using System.Diagnostics;
using System.Text;

namespace ResNetGen.Package.Tests;

/// <summary>Runs <c>dotnet</c> as a user would, in a folder outside the repository.</summary>
internal static class Dotnet
{
    /// <summary>A run takes seconds; where the shims are compiled, minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Runs and demands success.</summary>
    /// <returns>What was printed.</returns>
    public static string Run(string folder, params string[] arguments)
    {
        (int status, string output) = Try(folder, arguments);
        Assert.True(status == 0, $"dotnet {string.Join(' ', arguments)} in {folder} ended with {status}:\n{output}");
        return output;
    }

    /// <summary>Runs, whatever comes of it.</summary>
    public static (int Status, string Output) Try(string folder, params string[] arguments)
    {
        // Build servers outlive the run and keep its pipes open: nobody waits for the end of those.
        StringBuilder output = new();
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        // The test runner's own MSBuild must not be mistaken for the user's.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        foreach (string name in (string[])["TorchProvider", "TorchDevice", "Configuration", "Version"])
            start.Environment.Remove(name);
        // The language of the messages that tests look for.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} in {folder} took more than {Patience.TotalMinutes} minutes:\n{output}");
        }
        // What the process itself wrote arrives at once; only the servers' ends stay open.
        // On a busy machine "at once" takes a while, so it is waited for until nothing more comes.
        Task ends = Task.Run(process.WaitForExit);
        for (int seen = -1, seconds = 0; !ends.Wait(TimeSpan.FromSeconds(1)) && seconds < 20; seconds++)
        {
            int now;
            lock (output)
                now = output.Length;

            if (now > 0 && now == seen)
                break;

            seen = now;
        }

        lock (output)
            return (process.ExitCode, output.ToString());

        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (output)
                output.AppendLine(line.Data);
        }
    }
}
