using System.Globalization;
using System.Text;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Prints an architecture as a table; a run of equal blocks takes the lines of one.</summary>
internal sealed class SummaryTable
{
    private static readonly string[] s_header = ["layer", "kind", "output", "parameters", "multiply-adds"];

    private readonly List<string[]> _rows = [s_header];

    public static string Of(NetworkArchitecture network)
    {
        var table = new SummaryTable();
        table.AddLayers(network);
        var text = new StringBuilder();
        text.Append(Heading(network)).Append('\n').Append('\n');
        table.Print(text);
        return text.Append('\n').Append(Totals(network)).ToString();
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

    private static string Totals(NetworkArchitecture network) => Invariant(
        $"""
         Lines under "× n" are those of one block, the line itself counts all n.
         parameters                                  {network.ParameterCount:N0}
         multiply-adds (convolution + linear)        {network.MultiplyAdds:N0}
         FLOPs (2 × multiply-adds)                   {network.Flops:N0}
         buffers (running means and variances)       {network.BufferCount:N0}
         state_dict entries                          {network.StateDictEntries:N0}
         kept for backward, an image (elements)      {network.SavedActivationBytes(TrainingPrecision.Float32, 1) / 1048576.0:N1} MiB in fp32

         """);

    private void AddLayers(NetworkArchitecture network)
    {
        Shape shape = network.Input;
        foreach (Layer layer in network.Root.Layers)
        {
            if (layer is Blocks stage)
                AddStage(stage, shape);
            else if (layer is Leaf leaf)
                Add("", leaf.Name, leaf.Summary, leaf, shape);

            shape = layer.Output(shape);
        }
    }

    private void AddStage(Blocks stage, Shape shape)
    {
        foreach (Repeat run in stage.Runs)
        {
            string kind = ((Instance)run.Body).ClassName == "BottleneckBlock" ? "bottleneck" : "basic";
            if (run.Count > 1)
                Add("", Invariant($"{stage.Name}.{run.First}–{run.First + run.Count - 1}"), Invariant($"{kind} × {run.Count}"), run, shape);
            else
                Add("", Invariant($"{stage.Name}.{run.First}"), kind, run, shape);

            foreach (PlacedLeaf leaf in run.Body.Leaves(shape, ""))
                Add("  ", leaf.Path, leaf.Layer.Summary, leaf.Layer, leaf.Input);

            shape = run.Output(shape);
        }
    }

    private void Add(string indent, string name, string kind, Layer layer, Shape input)
    {
        Cost cost = layer.Measure(input);
        _rows.Add([indent + name, indent + kind, layer.Output(input).ToString(), Count(cost.Parameters), Count(cost.MultiplyAdds)]);
    }

    private void Print(StringBuilder text)
    {
        int[] widths = [.. s_header.Select((_, column) => _rows.Max(row => row[column].Length))];
        foreach (string[] row in _rows)
        {
            var line = new StringBuilder();
            for (int i = 0; i < row.Length; i++)
                line.Append(i == 0 ? "" : "  ").Append(i < 3 ? row[i].PadRight(widths[i]) : row[i].PadLeft(widths[i]));

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }

    private static string Count(long value) => value == 0 ? "" : value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
