using System.Globalization;
using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Parsing;

/// <summary>Holds a network against the published weights that its <c>[Pretrained]</c> names.</summary>
internal static class PretrainedRules
{
    private const string Pretrained = "Pretrained", Name = "name", ReplaceHead = "ReplaceHead";

    /// <summary>What keeps the weights from loading, or from meaning what they meant.</summary>
    public static IEnumerable<Finding> Check(Declaration declaration, NetworkArchitecture network)
    {
        if (declaration.Modifier(Pretrained) is not { RefusedByCompiler: false } written)
            return [];
        string name = written.Positional(Name) as string ?? "";
        if (PretrainedModel.Find(name) is not { } model)
            return [Unknown(network, name)];

        NetworkArchitecture weights = model.Architecture;
        PretrainedFit fit = PretrainedFit.Of(network, weights);
        if (!fit.IsWhole)
            return [OtherLayers(network, model, fit)];
        if (PretrainedFit.OtherMeaning(network, weights) is { } part)
            return [OtherMeaning(network, model, part)];
        return [.. OtherClasses(declaration, network, model, written), .. OtherStrides(network, weights)];
    }

    private static Finding Unknown(NetworkArchitecture network, string name)
    {
        // The weights of this very network, whatever was written; else a name that looks like it.
        string nearest = Fitting(network)?.Name ?? Nearest.Of(name, PretrainedModel.All.Select(static each => each.Name));
        return Find(Descriptors.UnknownWeights, Place.ArgumentOf(Pretrained, Name),
            [Fix.Of(Edit.SetFirst(Quote(nearest), Pretrained))],
            network.Name, string.Join(", ", PretrainedModel.All.Select(static each => each.Name)), name, nearest);
    }

    // Weights of equal entries and another meaning would be refused as soon as they are written.
    private static PretrainedModel? Fitting(NetworkArchitecture network) => PretrainedModel.All.FirstOrDefault(each =>
        each.Architecture is var weights && PretrainedFit.Of(network, weights).IsWhole && PretrainedFit.OtherMeaning(network, weights) is null);

    private static Finding OtherLayers(NetworkArchitecture network, PretrainedModel model, PretrainedFit fit)
    {
        PretrainedModel? right = Fitting(network);
        (string path, string found) = fit switch
        {
            { Reshaped.Count: > 0 } when fit.Reshaped[0] is var first => (first.Weights.Key, $"{first.Network.Shape} instead of {first.Weights.Shape}"),
            { Missing.Count: > 0 } => (fit.Missing[0].Key, "none"),
            _ => (fit.Unfilled[0].Key, "one that the weights do not have"),
        };
        int differing = fit.Missing.Count + fit.Unfilled.Count + fit.Reshaped.Count;
        return Find(Descriptors.WeightsOfAnotherNetwork, Place.ArgumentOf(Pretrained, Name),
            right is null ? [] : [Fix.Of(Edit.SetFirst(Quote(right.Name), Pretrained))],
            network.Name, model.Name, $"{Count(differing)} entries that differ, the first at {path}: {found}",
            right is null ? $"declare the network of '{model.Name}', or leave [Pretrained] out" : $"write [Pretrained({Quote(right.Name)})]");
    }

    // Every entry would load, into a network that computes something else.
    private static Finding OtherMeaning(NetworkArchitecture network, PretrainedModel model, string part) => Find(
        Descriptors.WeightsOfAnotherNetwork, Place.ArgumentOf(Pretrained, Name), [],
        network.Name, model.Name, $"equal entries in a network that computes something else ({part})", $"declare the network of '{model.Name}', or leave [Pretrained] out");

    private static IEnumerable<Finding> OtherClasses(
        Declaration declaration, NetworkArchitecture network, PretrainedModel model, AttributeValues written)
    {
        // A network without a head has nothing to compare.
        if (network.Classes == model.Classes || network.Classes == 0 || written.Bool(ReplaceHead) == true)
            yield break;
        yield return Find(Descriptors.WeightsOfOtherClasses,
            declaration.Values.Has("Classes") ? Place.Argument("Classes") : Place.AttributeOf(Pretrained),
            [Fix.Of(Edit.Set(ReplaceHead, "true", at: 1)), Fix.Of(Edit.Set("Classes", Count(model.Classes), at: 0))],
            network.Name, Count(model.Classes), model.Name, Count(network.Classes));
    }

    private static IEnumerable<Finding> OtherStrides(NetworkArchitecture network, NetworkArchitecture weights)
    {
        if (PretrainedFit.EarlyStride(network, weights) is not var (path, own, trained))
            yield break;
        bool hasOption = network.Spec is ResNetSpec;
        yield return Find(Descriptors.WeightsOfOtherStrides, Place.Argument("Stride"),
            hasOption ? [Fix.Of(Edit.Set("Stride", ProblemFixes.Value<StridePlacement>(nameof(StridePlacement.Conv3x3)), at: 0))] : [],
            network.Name, weights.Name, Count(trained), path, Count(own),
            hasOption ? "write Stride = StridePlacement.Conv3x3" : "stride where the weights do");
    }

    private static Finding Find(DiagnosticDescriptor descriptor, Place place, EquatableArray<Fix> fixes, params string[] details) =>
        new(descriptor, place, details.ToEquatableArray())
        {
            Further = [Place.WholeAttribute, Place.AttributeOf(Pretrained)],
            Fixes = fixes,
        };

    private static string Quote(string name) => $"\"{name}\"";

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);
}
