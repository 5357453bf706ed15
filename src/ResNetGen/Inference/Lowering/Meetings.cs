using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Planning;

/// <summary>Where paths meet.</summary>
internal static class Meetings
{
    private static readonly Activation s_sigmoid = new("", Function.Sigmoid);

    /// <summary>
    /// F(x) + h(x), with the scales and gates of the 2016 paper. The shortcut comes first, so that the branch's last convolution
    /// can add itself to it.
    /// </summary>
    public static Map Residual(PlanBuilder plan, Residual residual, string path, Map input)
    {
        Map split = residual.PreActivation is { } before ? Inside(before, input) : input;
        Map shortcut = residual.Shortcut is { } layers ? Inside(layers, split) : input;
        Map? logits = residual.Gate is { } gate ? Inside(gate, input) : null;
        Map branch = Inside(residual.Branch, split);
        if (logits is not null)
            (branch, shortcut) = Gated(plan, residual, Layer.Join(path, residual.Gate!.Name), logits, branch, shortcut);

        shortcut = plan.Scaled(Layer.Join(path, "shortcut_scale"), shortcut, residual.ShortcutScale);
        branch = plan.Scaled(Layer.Join(path, "branch_scale"), branch, residual.BranchScale);
        Map sum = plan.Add(new Sum(Layer.Join(path, "add"), [branch, shortcut], new Map(branch.Shape)));
        return residual.After is { } after ? Inside(after, sum) : sum;

        Map Inside(Layer layer, Map from) => PlanLayers.Add(plan, layer, Layer.Join(path, layer.Name), from);
    }

    /// <summary>A sum of several maps, or their stack along the channels.</summary>
    public static Map Join(PlanBuilder plan, Join join, string path, IReadOnlyList<Map> inputs)
    {
        var output = new Map(join.Output(inputs.Select(static input => input.Shape).ToEquatableArray()));
        return join.Merge switch
        {
            _ when inputs.Count == 1 => inputs[0],
            Merge.Add => plan.Add(new Sum(path, inputs, output)),
            Merge.Concat => plan.Add(new Stack(path, inputs, output)),
            _ => throw new NotSupportedException($"{path} merges by {join.Merge}, which inference plans do not know."),
        };
    }

    // g · F(x) and (1 − g) · h(x): the exclusive gate; the shortcut-only one leaves F(x) as it is.
    private static (Map Branch, Map Shortcut) Gated(PlanBuilder plan, Residual residual, string path, Map logits, Map branch, Map shortcut)
    {
        Map opening = plan.Add(new Apply(path + ".sigmoid", s_sigmoid, logits, new Map(logits.Shape)));
        Map rest = plan.Scaled(path + ".rest", opening, factor: -1, offset: 1);
        shortcut = plan.Add(new Product(path + ".shortcut", shortcut, rest, new Map(shortcut.Shape)));
        if (residual.GatesBranch)
            branch = plan.Add(new Product(path + ".branch", branch, opening, new Map(branch.Shape)));

        return (branch, shortcut);
    }
}
