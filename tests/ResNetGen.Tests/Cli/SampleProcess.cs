using System.Diagnostics;
using ResNetGen.Samples;

namespace ResNetGen.Tests.Cli;

/// <summary>The sample's program as a process of its own.</summary>
internal static class SampleProcess
{
    public static Process Start(params string[] arguments) => Start(arguments, new Dictionary<string, string>());

    public static Process Start(string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        // Test hosts in the background ignore SIGINT, and children inherit that: env sets it right again.
        ProcessStartInfo start = new("env") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--default-signal=INT,TERM,USR1");
        start.ArgumentList.Add("dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ResNetGen.Samples.Cifar10.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[ResumeCommand.FrontDoor] = "the-front-door";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
