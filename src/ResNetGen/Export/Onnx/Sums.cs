using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Export.Onnx;

/// <summary>Where paths meet.</summary>
internal static class Sums
{
    /// <summary>F(x) + h(x), with the scales and gates of the 2016 paper.</summary>
    public static Flow Residual(GraphBuilder graph, Residual residual, string path, Flow input)
    {
        Flow split = residual.PreActivation is { } before ? Inside(before, input) : input;
        Flow branch = Inside(residual.Branch, split);
        Flow shortcut = residual.Shortcut is { } layers ? Inside(layers, split) : input;
        if (residual.Gate is { } gate)
            (branch, shortcut) = Gated(graph, residual, path, Inside(gate, input), branch, shortcut);

        branch = Scaled(graph, branch, residual.BranchScale, path, "branch_scale");
        shortcut = Scaled(graph, shortcut, residual.ShortcutScale, path, "shortcut_scale");
        var sum = new Flow(graph.Add("Add", GraphBuilder.Below(path, "add"), [branch.Name, shortcut.Name]), branch.Shape);
        return residual.After is { } after ? Inside(after, sum) : sum;

        Flow Inside(Layer layer, Flow from) => LayerTable.Add(graph, layer, GraphBuilder.Below(path, layer.Name), from);
    }

    /// <summary>A sum of several maps, or their stack along the channels.</summary>
    public static Flow Join(GraphBuilder graph, Join join, string path, IReadOnlyList<Flow> inputs)
    {
        string[] names = [.. inputs.Select(static input => input.Name)];
        Shape shape = join.Output(inputs.Select(static input => input.Shape).ToEquatableArray());
        return new Flow(join.Merge switch
        {
            Merge.Add => graph.Add("Sum", path, names),
            Merge.Concat => graph.Add("Concat", path, names, new OnnxAttribute.Integer("axis", 1)),
            _ => throw new NotSupportedException($"{path} merges by {join.Merge}, which ONNX export does not know."),
        }, shape);
    }

    // g · F(x) and (1 − g) · h(x): the exclusive gate; the shortcut-only one leaves F(x) as it is.
    private static (Flow Branch, Flow Shortcut) Gated(GraphBuilder graph, Residual residual, string path, Flow logits, Flow branch, Flow shortcut)
    {
        string gate = GraphBuilder.Below(path, residual.Gate!.Name);
        string rest;
        if (residual.GatesBranch)
        {
            string opening = graph.Add("Sigmoid", gate + ".sigmoid", [logits.Name]);
            rest = graph.Add("Sub", gate + ".rest", [graph.Constant(OnnxTensor.Of("one", [], [1f])), opening]);
            branch = branch with { Name = graph.Add("Mul", gate + ".branch", [branch.Name, opening]) };
        }
        else
        {
            // 1 − σ(x) = σ(−x).
            rest = graph.Add("Sigmoid", gate + ".rest", [graph.Add("Neg", gate + ".neg", [logits.Name])]);
        }

        return (branch, shortcut with { Name = graph.Add("Mul", gate + ".shortcut", [shortcut.Name, rest]) });
    }

    private static Flow Scaled(GraphBuilder graph, Flow flow, double scale, string path, string name)
    {
        if (scale == 1)
            return flow;

        string place = GraphBuilder.Below(path, name);
        string factor = graph.Constant(OnnxTensor.Of(place + ".factor", [], [(float)scale]));
        return flow with { Name = graph.Add("Mul", place, [flow.Name, factor]) };
    }
}
