using System.Globalization;
using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Parsing;

/// <summary>Where a network leaves the paper that its attribute is named after. None of it is wrong; all of it should be meant.</summary>
internal static class FidelityRules
{
    /// <summary>The departures, in the order of their ids.</summary>
    public static IEnumerable<Finding> Check(NetworkArchitecture network)
    {
        if (network.Spec is CifarResNetSpec spec)
            return [.. Projections(network, spec)];
        return [];
    }

    /// <summary>"In all cases, we use identity shortcuts (i.e., option A)" (He et al. 2015, section 4.2), of basic blocks.</summary>
    private static IEnumerable<Finding> Projections(NetworkArchitecture network, CifarResNetSpec spec)
    {
        if (spec.Shortcut is not { } shortcut || shortcut == Shortcut.A || spec.Block == Block.Bottleneck)
            yield break;
        long extra = network.ParameterCount - (spec with { Shortcut = Shortcut.A }).Build().ParameterCount;
        yield return Find(Descriptors.NotThePapersShortcut, "Shortcut",
            [Fix.Of(Edit.Set("Shortcut", ProblemFixes.Value<Shortcut>(nameof(Shortcut.A))))],
            network.Name, shortcut.ToString(), extra.ToString("N0", CultureInfo.InvariantCulture));
    }

    private static Finding Find(DiagnosticDescriptor descriptor, string argument, EquatableArray<Fix> fixes, params string[] details) =>
        new(descriptor, Place.Argument(argument), details.ToEquatableArray()) { Fixes = fixes };
}
