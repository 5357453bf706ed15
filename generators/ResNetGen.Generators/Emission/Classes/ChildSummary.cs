using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>The documentation of a child: what it is, and the shapes or the parameters it goes from and to.</summary>
internal static class ChildSummary
{
    /// <param name="slot">The child's place.</param>
    /// <param name="owner">The class that has the child.</param>
    /// <param name="normalised">The convolution right before it, where there is one.</param>
    public static string Of(Slot slot, ModuleClass owner, string? normalised)
    {
        string what = What(slot, owner, normalised);
        string text = $"{what}{Change(slot, owner)}{Costs(slot, owner)}";
        return !slot.IsOptional ? text
            : slot.Sample.Name == "downsample" ? $"{text.TrimEnd('.')}; null where the shape stays."
            : $"{text.TrimEnd('.')}; null where the block has none.";
    }

    /// <summary>A count of blocks in words: "3 basic blocks".</summary>
    public static string Blocks(Blocks blocks)
    {
        string name = blocks.Runs[0].Body switch
        {
            Instance { ClassName: "BottleneckBlock" } => "bottleneck",
            Instance instance when instance.ClassName.EndsWith("Block", StringComparison.Ordinal) =>
                Words(instance.ClassName.Substring(0, instance.ClassName.Length - 5)) + " block",
            _ => "block",
        };
        return blocks.Count == 1 ? $"1 {name}" : FormattableString.Invariant($"{blocks.Count} {name}s");
    }

    private static string What(Slot slot, ModuleClass owner, string? normalised) => slot.Sample switch
    {
        Conv2d conv => Windowed(conv.Kernel, "convolution", Moved(slot, owner)) + Groups(conv),
        BatchNorm2d when normalised is not null && owner.Name.Length > 0 =>
            $"Batch normalisation of what <see cref=\"{normalised}\"/> gives",
        BatchNorm2d => "Batch normalisation",
        MaxPool2d pool => Windowed(pool.Kernel, "max pooling", pool.Stride == 1 ? "" : FormattableString.Invariant($", stride {pool.Stride}")),
        AvgPool2d pool => Windowed(pool.Kernel, "average pooling", pool.Stride == 1 ? "" : FormattableString.Invariant($", stride {pool.Stride}")),
        GlobalAvgPool { Size: 1 } => "Mean of each channel",
        GlobalAvgPool pool => FormattableString.Invariant($"Means over a grid of {pool.Size}×{pool.Size}"),
        Flatten => "The map as a vector",
        Linear => "Linear layer",
        ZeroPadShortcut => "Shortcut A: zero channels for what the input lacks",
        Sequence { Name: "downsample" } => "Shortcut: a projection to the shape of the branch",
        Sequence sequence => FormattableString.Invariant($"{sequence.Layers.Count} layers"),
        Blocks blocks => Blocks(blocks),
        Joined joined => Upper(string.Join(", ", joined.Layers.OfType<Leaf>().Select(leaf => leaf.Summary))),
        Residual residual => $"A branch and a shortcut{(residual.After is { } after ? $", then {after.Summary}" : "")}",
        // What differs between the blocks is no part of what they have in common.
        DropPath when slot.Layers.Length > 1 => "Drop path: in training the branch is left out of some images",
        SqueezeExcitation when slot.Layers.Length > 1 => "Squeeze-and-excitation of the branch's channels",
        Leaf leaf => Upper(leaf.Summary),
        Instance { ClassName: var name } when name.EndsWith("Backbone", StringComparison.Ordinal) => "Layers of a used network",
        Instance { ClassName: var name } => Words(name),
        _ => slot.Sample.Name,
    };

    // In the network's own class every number is known.
    private static string Costs(Slot slot, ModuleClass owner)
    {
        if (owner.Name.Length > 0)
            return "";

        Cost cost = slot.Sample.Measure(slot.Inputs[0]);
        string parameters = cost.Parameters == 0 ? "" : FormattableString.Invariant($" {cost.Parameters:N0} parameters");
        string multiplyAdds = cost.MultiplyAdds == 0 ? "" : FormattableString.Invariant($"{(parameters.Length > 0 ? "," : "")} {cost.MultiplyAdds:N0} multiply-adds");
        return parameters.Length + multiplyAdds.Length == 0 ? "" : $"{parameters}{multiplyAdds}.";
    }

    private static string Change(Slot slot, ModuleClass owner)
    {
        if (owner.Name.Length == 0 || slot.Layers.Length == 1)
        {
            Shape input = slot.Inputs[0], output = slot.Layers[0]!.Output(input);
            return input == output ? $" of {input}." : $": {input} → {output}.";
        }

        return slot.Sample is Conv2d
            ? $": {owner.Code.InChannels(slot)} → {owner.Code.Number<Conv2d>(slot, conv => conv.Channels, NumberKind.Channels)}."
            : ".";
    }

    private static string Moved(Slot slot, ModuleClass owner)
    {
        string stride = owner.Code.Number<Conv2d>(slot, conv => conv.Stride, NumberKind.Stride);
        return stride switch { "1" => "", "stride" => " with the block's stride", _ => $", stride {stride}" };
    }

    private static string Groups(Conv2d conv) => conv.Groups == 1 ? "" : FormattableString.Invariant($" in {conv.Groups} groups");

    private static string Windowed(int kernel, string what, string moved) => FormattableString.Invariant($"{kernel}×{kernel} {what}{moved}");

    private static string Upper(string text) => char.ToUpper(text[0], CultureInfo.InvariantCulture) + text.Substring(1);

    // "SingleLayer" becomes "single layer".
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
