using System.Globalization;
using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Parsing;

/// <summary>The attributes beside the family's that change its network: <c>[SqueezeExcitation]</c> and <c>[DropPath]</c>.</summary>
internal static class Modifiers
{
    private const string SqueezeExcitation = "SqueezeExcitation", Reduction = "reduction", DropPath = "DropPath", Rate = "rate";

    /// <summary>The specification with what they say; families that have no branches to change stay as they are.</summary>
    public static NetworkSpec Apply(NetworkSpec spec, INamedTypeSymbol type)
    {
        int? reduction = Written(type, SqueezeExcitation)?.Positional(Reduction) as int?;
        double? rate = Written(type, DropPath)?.Positional(Rate) as double?;
        return spec switch
        {
            ResNetSpec net => net with { SqueezeExcitation = reduction, DropPath = rate },
            CifarResNetSpec net => net with { SqueezeExcitation = reduction, DropPath = rate },
            _ => spec,
        };
    }

    /// <summary>Those that change nothing in this network.</summary>
    public static IEnumerable<Finding> WithoutMeaning(Declaration declaration)
    {
        if (declaration.Spec is ResNetSpec or CifarResNetSpec)
            yield break;

        foreach ((string name, string parameter) in new[] { (SqueezeExcitation, Reduction), (DropPath, Rate) })
        {
            if (declaration.Modifier(name) is not { RefusedByCompiler: false } written)
                continue;
            string value = Convert.ToString(written.Positional(parameter), CultureInfo.InvariantCulture) ?? "null";
            yield return new Finding(Descriptors.OptionWithoutMeaning, Place.AttributeOf(name),
                [declaration.Spec.Name, $"[{name}]", value, $"[{declaration.Family.Name}]", "[ResNet] or [CifarResNet]"])
            {
                Further = [Place.WholeAttribute],
                Fixes = [Fix.Of(new Edit(EditKind.RemoveAttribute, name))],
            };
        }
    }

    private static AttributeValues? Written(INamedTypeSymbol type, string name) =>
        AttributePlaces.Of(type, name) is { } attribute && new AttributeValues(attribute) is { RefusedByCompiler: false } values ? values : null;
}
