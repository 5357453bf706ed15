using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ResNetGen.Generators.Bench;

/// <summary>All that was measured, as two files: one to read and one to compute with.</summary>
internal sealed record Report(
    string Date, Machine Machine, IReadOnlyList<GeneratorRow> Generator, IReadOnlyList<AnalyzerRow> Analyzer, IReadOnlyList<DepthRow> Depth)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Writes generator.json and generator.md.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "generator.json"), JsonSerializer.Serialize(this, Json) + "\n");
        File.WriteAllText(Path.Combine(folder, "generator.md"), Markdown());
    }

    /// <summary>The tables.</summary>
    public string Markdown()
    {
        StringBuilder text = new();
        Line($"Measured {Date} on {Machine.Processor}, {Machine.Threads} threads, {Machine.Runtime}, Roslyn {Machine.Roslyn}. Medians; warm code; load of the machine {Machine.Load} when it began.");
        Line($"The networks are all families in turn, one file each.");
        Line($"");
        Line($"### The generator, with a driver that is used again");
        Line($"");
        Line($"| networks | | ms | MB allocated | files emitted | goal |");
        Line($"|---:|---|---:|---:|---:|---|");
        foreach (GeneratorRow row in Generator)
            Line($"| {row.Networks:N0} | {row.Action} | {row.Cost.Milliseconds:0.00} | {row.Cost.Megabytes:0.00} | {row.FilesEmitted:N0} | {Goal(row)} |");
        Line($"");
        Line($"At an edit every attributed class is looked up anew in the new compilation; nothing is checked or printed again that has not");
        Line($"changed. For comparison, prototypes that emit about 150 lines a class, on two shared cores with Roslyn 4.14:");
        Line($"");
        Line($"| pipeline, edit of a class body | 100 classes | 1,000 classes | MB allocated at 1,000 | files emitted |");
        Line($"|---|---:|---:|---:|---:|");
        foreach (string row in Baseline.Rows)
            text.Append(row).Append('\n');
        Line($"| this generator | {Body(100)} | {Body(1000)} | {Find(1000)?.Cost.Megabytes:0.0} | {Find(1000)?.FilesEmitted} |");
        Line($"");
        Line($"### The analyzers, per network");
        Line($"");
        Line($"| family | ms | goal |");
        Line($"|---|---:|---|");
        foreach (AnalyzerRow row in Analyzer)
            Line($"| {row.Family} | {row.Milliseconds:0.000} | {Met(row.Milliseconds < 1, "under 1 ms")} |");
        Line($"");
        Line($"### What depth costs");
        Line($"");
        Line($"| | generator, ms | MB allocated | analyzers, ms | lines | characters |");
        Line($"|---|---:|---:|---:|---:|---:|");
        foreach (DepthRow row in Depth)
            Line($"| {row.Network} | {row.Generator.Milliseconds:0.000} | {row.Generator.Megabytes:0.000} | {row.AnalyzerMilliseconds:0.000} | {row.Lines} | {row.Characters:N0} |");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private GeneratorRow? Find(int networks) => Generator.FirstOrDefault(row => row.Networks == networks && row.Action == "edit of a class body");

    private string Body(int networks) =>
        Find(networks) is { } row ? string.Create(CultureInfo.InvariantCulture, $"{row.Cost.Milliseconds:0.0} ms") : "not measured";

    private static string Goal(GeneratorRow row) => row.Action switch
    {
        "cold" => "",
        "edit of an attribute" => Met(row.FilesEmitted == 1, "1 file"),
        _ => Met(row.FilesEmitted == 0, "0 files"),
    };

    private static string Met(bool met, string goal) => met ? $"{goal}: met" : $"{goal}: **missed**";
}
