using ResNetGen.Architecture.Layers;
using ResNetGen.Generators.Emission.Classes;

namespace ResNetGen.Generators.Emission;

/// <summary>A nested class in one sentence.</summary>
internal static class ClassSummary
{
    public static string Of(ModuleClass each)
    {
        if (each.Declared is null && each.Name.EndsWith("Backbone", StringComparison.Ordinal))
            return "Layers of a used network.";

        string[] convolutions = [.. Convolutions(each.Body, inBranch: false)];
        bool adds = Adds(each.Body);
        if (each.Declared is not null || convolutions.Length is 0 or > 4)
            return adds ? "Layers, added to their input." : "Layers that run one after the other.";

        string all = convolutions.Distinct().Count() == 1 && convolutions.Length == 2
            ? $"Two {convolutions[0]} convolutions"
            : convolutions.Length == 1
                ? $"A {convolutions[0]} convolution"
                : $"A {string.Join(", a ", convolutions.Take(convolutions.Length - 1))} and a {convolutions[convolutions.Length - 1]} convolution";
        return adds ? all + ", added to their input." : all + ".";
    }

    // The branch alone: neither projections nor gates say what a block is.
    private static IEnumerable<string> Convolutions(Slot slot, bool inBranch)
    {
        if (slot.Residual is { } parts)
            return Convolutions(parts.Branch, inBranch: true);
        if (slot.Sample is Conv2d conv)
            return [FormattableString.Invariant($"{conv.Kernel}×{conv.Kernel}")];

        return slot.Elements.SelectMany(element => Convolutions(element, inBranch));
    }

    private static bool Adds(Slot slot) => slot.Residual is not null || slot.Elements.Any(Adds);
}
