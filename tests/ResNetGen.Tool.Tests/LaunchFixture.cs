using System.Diagnostics;
using System.Globalization;

namespace ResNetGen.Tool.Tests;

/// <summary>The command in a process of its own, since signals are for processes; and a folder for what its ranks leave.</summary>
public abstract class LaunchFixture : IDisposable
{
    // Never reached where all is well.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected string Root { get; } = Directory.CreateTempSubdirectory("resnetgen-launch-").FullName;

    private static string[] Tool => [Path.Combine(AppContext.BaseDirectory, "ResNetGen.Tool.dll")];

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static Ended Run(params string[] arguments) => Run([], arguments);

    protected static Ended Run((string, string)[] variables, params string[] arguments)
    {
        using Launched launched = new("dotnet", [.. Tool, .. arguments], variables);
        return launched.Wait();
    }

    protected static Ended Launch(string[] options, string script, params (string, string)[] variables) =>
        Run(variables, ["launch", .. options, "sh", "-c", script]);

    protected static Launched Start(string[] options, string script) => new("dotnet", [.. Tool, "launch", .. options, "sh", "-c", script], []);

    protected static Launched StartOnTerminal(string[] options, string script)
    {
        string[] words = ["dotnet", .. Tool, "launch", .. options, "sh", "-c", script];
        string command = string.Join(' ', words.Select(static word => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'"));
        return new("script", ["-qec", "exec " + command, "/dev/null"], []);
    }

    protected void WaitFor(params string[] files) => Until(() => files.All(file => File.Exists(Path.Combine(Root, file))), string.Join(", ", files));

    protected int Number(string file) => int.Parse(File.ReadAllText(Path.Combine(Root, file)), CultureInfo.InvariantCulture);

    /// <summary>A process that has ended but that nobody has asked about yet does not run.</summary>
    protected static bool IsRunning(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].TrimStart()[0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    protected static void Until(Func<bool> condition, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, "waited in vain for: " + what);
            Thread.Sleep(5);
        }
    }

    protected sealed record Ended(int Code, string Output, IReadOnlyList<string> Messages);

    protected sealed class Launched : IDisposable
    {
        private readonly Process _process;
        private readonly Task<string> _output, _messages;

        public Launched(string program, IReadOnlyList<string> arguments, (string Name, string Value)[] variables)
        {
            // Whoever runs the tests in the background of a script has them ignore SIGINT, and a shell cannot trap what it was born ignoring.
            ProcessStartInfo start = new("env", ["--default-signal=INT,QUIT", program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach ((string name, string value) in variables)
            {
                start.Environment[name] = value;
            }

            _process = Process.Start(start)!;
            _output = _process.StandardOutput.ReadToEndAsync();
            _messages = _process.StandardError.ReadToEndAsync();
        }

        public void Send(string signal) => Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

        public void Type(string text)
        {
            _process.StandardInput.Write(text);
            _process.StandardInput.Flush();
        }

        public Ended Wait()
        {
            Assert.True(_process.WaitForExit(Patience), "the launcher did not end");
            return new Ended(_process.ExitCode, _output.Result, _messages.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }

            _process.Dispose();
        }
    }
}
