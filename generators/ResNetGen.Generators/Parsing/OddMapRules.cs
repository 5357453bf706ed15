using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;
using ResNetGen.Generators.Diagnostics;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Parsing;

/// <summary>Finds average pooling on a shortcut that halves an odd side: it fits the branch, but its last window is not a whole one.</summary>
internal static class OddMapRules
{
    public static IEnumerable<Finding> Check(NetworkArchitecture network)
    {
        if (network.Spec is not ResNetSpec { AverageDown: true } || FirstOdd(network.Root, network.Input) is not { } odd)
            yield break;

        Shape input = network.Input;
        int Next(int size) => FirstOdd(network.Root, new Shape(input.Channels, size, size)) is null ? size : RoundedUp(size, network.Taps);
        int height = Next(input.Height), width = Next(input.Width);
        Edit[] sides = [.. Side("Height", input.Height, height), .. Side("Width", input.Width, width)];
        yield return new Finding(Descriptors.OddMapBeforeAverage, Place.Argument("AverageDown"),
            [network.Name, odd.Path, odd.Input.ToString(), string.Join(" and ", sides.Select(static side => $"{side.Name} = {side.Value}"))])
        {
            Fixes = [new Fix([.. sides])],
        };
    }

    private static PlacedLeaf? FirstOdd(Sequence root, Shape input)
    {
        foreach (PlacedLeaf leaf in root.Leaves(input, ""))
        {
            if (leaf is { OnMainPath: false, Layer: AvgPool2d { CeilMode: true, Stride: 2 } } && (leaf.Input.Height % 2 != 0 || leaf.Input.Width % 2 != 0))
                return leaf;
        }
        return null;
    }

    private static IEnumerable<Edit> Side(string name, int now, int next) =>
        next == now ? [] : [Edit.Set(name, next.ToString(CultureInfo.InvariantCulture))];

    // A multiple of what the network strides in all is even wherever something strides.
    private static int RoundedUp(int size, EquatableArray<Tap> taps)
    {
        int stride = taps[taps.Count - 1].Stride;
        return (size + stride - 1) / stride * stride;
    }
}
