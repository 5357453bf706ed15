using System.Globalization;
using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Parsing;

/// <summary>Where a network leaves the paper that its attribute is named after. None of it is wrong; all of it should be meant.</summary>
internal static class FidelityRules
{
    private const double BestGateBias = -6;
    private const int ManyWeightedLayers = 1000;

    /// <summary>The departures, in the order of their ids.</summary>
    public static IEnumerable<Finding> Check(NetworkArchitecture network) => network.Spec switch
    {
        CifarResNetSpec spec => [.. Projections(network, spec), .. GateBias(spec), .. ManyLayers(network, spec)],
        CustomNetworkSpec spec => LayerFidelityRules.Check(spec),
        _ => [],
    };

    /// <summary>"In all cases, we use identity shortcuts (i.e., option A)" (He et al. 2015, section 4.2), of basic blocks.</summary>
    private static IEnumerable<Finding> Projections(NetworkArchitecture network, CifarResNetSpec spec)
    {
        if (spec.Shortcut is not { } shortcut || shortcut == Shortcut.A
            || spec.Block is not (null or Block.Auto or Block.Basic) || spec.Unit is not (null or Unit.Original))
        {
            yield break;
        }
        long extra = network.ParameterCount - (spec with { Shortcut = Shortcut.A }).Build().ParameterCount;
        yield return Find(Descriptors.NotThePapersShortcut, "Shortcut",
            [Fix.Of(Edit.Set("Shortcut", ProblemFixes.Value<Shortcut>(nameof(Shortcut.A))))],
            network.Name, shortcut.ToString(), extra.ToString("N0", CultureInfo.InvariantCulture));
    }

    /// <summary>The search of gates' biases in He et al. 2016, section 3.1 and table 1: exclusive gates failed from 0 to −5, −6 was best. Gates of the shortcut alone trained from 0 too.</summary>
    private static IEnumerable<Finding> GateBias(CifarResNetSpec spec)
    {
        if (spec.Skip != Skip.ExclusiveGate || spec.GateBias is not { } bias || bias <= BestGateBias)
            yield break;
        yield return Find(Descriptors.GateBiasThatFailed, "GateBias",
            [Fix.Of(Edit.Set("GateBias", BestGateBias.ToString(CultureInfo.InvariantCulture)))],
            spec.Name, bias.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>ResNet-1001 in He et al. 2016, table 3: 7.61 % with the units of 2015, 4.92 % pre-activated.</summary>
    private static IEnumerable<Finding> ManyLayers(NetworkArchitecture network, CifarResNetSpec spec)
    {
        if (network.WeightedLayers < ManyWeightedLayers || spec.Block != Block.Bottleneck || spec.Unit is not (null or Unit.Original)
            || spec.Skip is not (null or Skip.Identity))
        {
            yield break;
        }
        yield return Find(Descriptors.DeepWithoutPreActivation, "Depth",
            [Fix.Of(Edit.Set("Unit", ProblemFixes.Value<Unit>(nameof(Unit.FullPreActivation))))],
            network.Name, network.WeightedLayers.ToString(CultureInfo.InvariantCulture));
    }

    private static Finding Find(DiagnosticDescriptor descriptor, string argument, EquatableArray<Fix> fixes, params string[] details) =>
        new(descriptor, Place.Argument(argument), details.ToEquatableArray()) { Fixes = fixes };
}
