using System.Text.Json;
using ResNetGen.Checkpoints;

namespace ResNetGen.Reliability;

/// <summary>What a run came to, bit for bit, without what depends on the clock.</summary>
internal static class RunState
{
    private static readonly string[] Compared = ["iteration", "epoch", "lr", "loss", "top1", "error", "kind"];

    /// <summary>The first thing in which two runs differ; null where they are the same.</summary>
    public static string? Difference(string expected, string found)
    {
        Dictionary<string, string> tensors = Tensors(expected);
        Dictionary<string, string> others = Tensors(found);
        string? name = tensors.Keys.Union(others.Keys).FirstOrDefault(key => tensors.GetValueOrDefault(key) != others.GetValueOrDefault(key));
        if (name is not null)
        {
            return $"tensor {name}";
        }

        List<string> lines = Lines(expected);
        List<string> otherLines = Lines(found);
        int at = Enumerable.Range(0, Math.Max(lines.Count, otherLines.Count))
            .FirstOrDefault(i => lines.ElementAtOrDefault(i) != otherLines.ElementAtOrDefault(i), -1);
        return at < 0 ? null : $"line {at + 1} of metrics.jsonl: \"{lines.ElementAtOrDefault(at)}\" and \"{otherLines.ElementAtOrDefault(at)}\"";
    }

    private static Dictionary<string, string> Tensors(string output)
    {
        LatestCheckpoint latest = new CheckpointFolder(Training.Checkpoints(output)).FindLatestValid();
        using TrainingState state = CheckpointFile.Load(latest.Found!.Path);
        Dictionary<string, string> tensors = state.Tensors.ToDictionary(static t => t.Key, static t => Convert.ToHexString(t.Value.contiguous().bytes));
        tensors.Add("iteration", $"{state.Position}");
        return tensors;
    }

    private static List<string> Lines(string output) =>
    [
        .. File.ReadLines(Path.Combine(output, "metrics.jsonl")).Select(static line =>
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return string.Join(' ', document.RootElement.EnumerateObject()
                .Where(static p => Compared.Any(part => p.Name.Contains(part, StringComparison.Ordinal)))
                .Select(static p => $"{p.Name}={p.Value.GetRawText()}"));
        }),
    ];
}
