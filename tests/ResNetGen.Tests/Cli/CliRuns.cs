using System.Text.Json;
using ResNetGen.Checkpoints;
using ResNetGen.Tests.Training;

namespace ResNetGen.Tests.Cli;

/// <summary>Runs the sample's program within the test process, in folders that go away with the test.</summary>
[Collection(Alone.Name)]
public abstract class CliRuns : IDisposable
{
    internal string Root { get; } = Directory.CreateTempSubdirectory("resnetgen-cli-").FullName;

    internal string Data => PictureFolder.Shared;

    internal string Output => Path.Combine(Root, "out");

    /// <summary>What a run printed and ended with.</summary>
    internal sealed record Ended(int Code, string Output, string Error)
    {
        public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];
    }

    internal static Ended Run(params string[] arguments)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        int code = Samples.Cli.Run(arguments, output, error);
        return new Ended(code, output.ToString(), error.ToString());
    }

    /// <summary>A short training with everything that matters given; more options may follow.</summary>
    internal Ended Train(params string[] more) =>
        Run([.. Arguments(Output), .. more]);

    internal string[] Arguments(string output) =>
        ["--data", Data, "--output", output, "--device", "cpu", "--precision", "fp32", "--batch-size", "32", "--limit-batches", "2"];

    internal static string NewestCheckpoint(string output) =>
        new CheckpointFolder(Path.Combine(output, "checkpoints")).Files[0];

    /// <summary>A run's metrics without what depends on the clock.</summary>
    internal static List<string> Metrics(string output) =>
    [
        .. File.ReadLines(Path.Combine(output, "metrics.jsonl")).Select(static line =>
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return string.Join(' ', document.RootElement.EnumerateObject()
                .Where(static p => !ResNetGen.Reports.MetricNames.IsMeasured(p.Name))
                .Select(static p => $"{p.Name}={p.Value.GetRawText()}"));
        }),
    ];

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        GC.SuppressFinalize(this);
    }
}
