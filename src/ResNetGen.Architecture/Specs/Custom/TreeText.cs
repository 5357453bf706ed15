using System.Globalization;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>
/// Writes a tree as one line: everything that decides what its weights mean. The form is kept in checkpoints: it may grow for
/// new kinds of layers and must not change for those there are.
/// </summary>
internal static class TreeText
{
    public static string Of(Layer layer)
    {
        string text = Body(layer);
        return layer.Name.Length == 0 ? text : $"{layer.Name}:{text}";
    }

    private static string Body(Layer layer) => layer switch
    {
        Conv2d conv => Invariant($"conv({conv.Channels},k{conv.Kernel},s{conv.Stride},p{conv.ResolvedPadding},d{conv.Dilation},g{conv.Groups}{(conv.Bias ? ",bias" : "")})"),
        BatchNorm2d => "bn",
        Activation { Function: Function.LeakyReLU } leaky => Invariant($"leakyrelu({leaky.NegativeSlope})"),
        Activation activation => activation.Function.ToString().ToLowerInvariant(),
        MaxPool2d pool => Invariant($"maxpool(k{pool.Kernel},s{pool.Stride},p{pool.Padding})"),
        AvgPool2d pool => Invariant($"avgpool(k{pool.Kernel},s{pool.Stride},p{pool.Padding}{(pool.CeilMode ? ",ceil" : "")})"),
        GlobalAvgPool pool => Invariant($"mean({pool.Size})"),
        Linear linear => Invariant($"linear({linear.Features})"),
        ZeroPadShortcut zeros => Invariant($"zeros({zeros.Channels},s{zeros.Stride},{zeros.Padding})"),
        Join join => join.Merge.ToString().ToLowerInvariant(),
        // What is dropped changes the training, not what the weights mean.
        Dropout => "dropout",
        DropPath => "droppath",
        SqueezeExcitation squeeze => Invariant($"squeeze({squeeze.Squeezed})"),
        Leaf leaf => leaf.Summary.Replace(' ', '-'),
        Sequence sequence => List(sequence.Layers),
        Joined joined => List(joined.Layers),
        Instance instance => Body(instance.Body),
        Blocks blocks => List(blocks.Runs),
        Repeat repeat => repeat.Count.ToString(CultureInfo.InvariantCulture) + "*" + Of(repeat.Body),
        Residual residual => Sum(residual),
        Graph graph => "[" + string.Join(",", graph.Nodes.Select(node => Of(node.Layer) + (node.From.Count == 0 ? "" : "<" + string.Join("+", node.From)))) + "]",
        _ => layer.GetType().Name,
    };

    private static string Sum(Residual residual)
    {
        List<string> parts = [Of(residual.Branch), residual.Shortcut is { } shortcut ? Of(shortcut) : "identity"];
        if (residual.PreActivation is { } before)
            parts.Add("before=" + Of(before));
        if (residual.Gate is { } gate)
            parts.Add((residual.GatesBranch ? "gates=" : "gate=") + Of(gate));
        if (residual.BranchScale != 1 || residual.ShortcutScale != 1)
            parts.Add(Invariant($"scales={residual.BranchScale},{residual.ShortcutScale}"));
        if (residual.After is { } after)
            parts.Add("after=" + Body(after));
        return "(" + string.Join("|", parts) + ")";
    }

    private static string List(IEnumerable<Layer> layers) => "[" + string.Join(",", layers.Select(Of)) + "]";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
