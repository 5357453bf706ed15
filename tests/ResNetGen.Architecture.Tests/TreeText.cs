using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture.Tests;

/// <summary>Writes a layer's inside as one line, so that a test reads like the figure it holds a network against.</summary>
internal static class TreeText
{
    /// <summary>The blocks of a stage that are told apart, first to last.</summary>
    public static string[] Blocks(this NetworkArchitecture network, string stage) =>
        [.. network.Root.Layers.OfType<Blocks>().Single(each => each.Name == stage).Runs.Select(run => Of(((Instance)run.Body).Body))];

    /// <summary>The names of the network's own layers.</summary>
    public static string Names(this NetworkArchitecture network) => string.Join(" ", network.Root.Layers.Select(layer => layer.Name));

    public static string Of(Layer layer) => layer switch
    {
        Sequence { Name: "" } group => string.Join(" ", group.Layers.Select(Of)),
        Sequence named => $"{named.Name}({string.Join(" ", named.Layers.Select(Of))})",
        Residual unit => (unit.PreActivation is { } before ? $"{Of(before)} | " : "") + $"[{Factor(unit.BranchScale)}{Of(unit.Branch)} + "
            + $"{Factor(unit.ShortcutScale)}{(unit.Shortcut is { } shortcut ? Of(shortcut) : "x")}]"
            + (unit.Gate is { } gate ? $"{(unit.GatesBranch ? " exclusive" : "")} {Of(gate)} from {gate.BiasStart}" : ""),
        Conv2d { Dilation: > 1 } conv => $"{conv.Name}:{conv.Kernel}×{conv.Kernel}/{conv.Stride}, dilation {conv.Dilation}",
        Conv2d conv => $"{conv.Name}:{conv.Kernel}×{conv.Kernel}/{conv.Stride}",
        BatchNorm2d { StartsAtZero: true } norm => norm.Name + "=0",
        DropPath path => FormattableString.Invariant($"{path.Name} {path.Rate:0.###}+{path.Step:0.###}"),
        AvgPool2d pool => $"{pool.Name}:mean {pool.Kernel}×{pool.Kernel}/{pool.Stride}",
        _ => layer.Name,
    };

    private static string Factor(double scale) => scale == 1 ? "" : FormattableString.Invariant($"{scale} × ");
}
