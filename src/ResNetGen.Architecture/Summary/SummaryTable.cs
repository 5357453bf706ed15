using System.Globalization;
using System.Text;

namespace ResNetGen.Architecture;

/// <summary>Prints an architecture as a table; a run of equal blocks takes the lines of one.</summary>
internal sealed class SummaryTable
{
    private static readonly string[] s_header = ["layer", "kind", "kernel", "output", "field", "kept", "parameters", "multiply-adds"];

    private readonly List<string[]> _rows = [s_header];

    public static string Of(NetworkArchitecture network)
    {
        var table = new SummaryTable();
        table.Add(network.Layers, "");
        var text = new StringBuilder();
        text.Append(Heading(network)).Append("\n\n");
        table.Print(text);
        return text.Append('\n').Append(SummaryTotals.Of(network)).ToString();
    }

    private static string Heading(NetworkArchitecture network)
    {
        NetworkPlan plan = network.Plan;
        string options = plan.Options.Length == 0 ? "" : $", {plan.Options}";
        return Invariant(
            $"""
             {network.Name}: {plan.Family}, {network.WeightedLayers} weighted layers{options}
             takes {Batch(network.Input)}, gives {Batch(network.Output)}
             """);
    }

    private static string Batch(Shape shape) => shape.IsVector
        ? Invariant($"[N, {shape.Channels}]")
        : Invariant($"[N, {shape.Channels}, {shape.Height}, {shape.Width}]");

    private void Add(EquatableArray<LayerSummary> layers, string indent)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            LayerSummary layer = layers[i];
            string copies = layer.Count == 1 ? "" : Invariant($" × {layer.Count}");
            // The line above is where an input comes from, unless the line says otherwise.
            string sources = layer.Sources.Count == 1 && layer.Sources[0] == i - 1 ? "" : " ← " + string.Join(", ", layer.Inputs);
            _rows.Add(
            [
                indent + layer.Name,
                indent + layer.Kind + copies + sources,
                layer.Kernel,
                layer.Output.ToString(),
                layer.ReceptiveField is { } field ? Invariant($"{field.Size}/{field.Stride}") : "",
                Kibibytes(layer.Kept.Float32.Image),
                Count(layer.Cost.Parameters),
                Count(layer.Cost.MultiplyAdds),
            ]);
            Add(layer.Layers, indent + "  ");
        }
    }

    private void Print(StringBuilder text)
    {
        int[] widths = [.. s_header.Select((_, column) => _rows.Max(row => row[column].Length))];
        foreach (string[] row in _rows)
        {
            var line = new StringBuilder();
            for (int i = 0; i < row.Length; i++)
                line.Append(i == 0 ? "" : "  ").Append(i < 4 ? row[i].PadRight(widths[i]) : row[i].PadLeft(widths[i]));

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }

    private static string Kibibytes(long bytes) => bytes == 0 ? "" : Invariant($"{Math.Ceiling(bytes / 1024.0):N0} KiB");

    private static string Count(long value) => value == 0 ? "" : value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
