using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Parsing;

/// <summary>A family of networks: the attribute that asks for it, and the specification that its arguments make.</summary>
/// <param name="Name">The attribute as it is written between brackets: <c>CifarResNet</c>.</param>
/// <param name="Read">Makes the specification of what was written, and of nothing else.</param>
/// <param name="NotForThisFamily">Properties the attribute has only so that we can say why they are wrong here.</param>
internal sealed record Family(string Name, Func<string, AttributeValues, NetworkSpec> Read, params string[] NotForThisFamily)
{
    /// <summary>The attribute class: <c>ResNetGen.CifarResNetAttribute</c>.</summary>
    public string MetadataName => $"ResNetGen.{Name}Attribute";

    /// <summary>The family of an attribute class, or null where it is none of ours.</summary>
    public static Family? Of(INamedTypeSymbol? attribute)
    {
        if (attribute is not { ContainingNamespace: { Name: "ResNetGen", ContainingNamespace.IsGlobalNamespace: true } })
            return null;
        foreach (Family family in All)
        {
            if (attribute.Name == family.Name + "Attribute")
                return family;
        }
        return null;
    }

    /// <summary>Every family. The order decides which attribute counts where a class carries two.</summary>
    public static IReadOnlyList<Family> All { get; } =
    [
        // What its members say is read by CustomReader. First, because its partial properties want bodies whatever else is wrong.
        new("Network", SpecReader.Network),
        new("ResNet", SpecReader.ResNet),
        new("CifarResNet", SpecReader.CifarResNet),
        new("PlainNet", SpecReader.PlainNet, "Shortcut", "ZeroPadding", "ZeroInitResidual"),
        new("CifarPlainNet", SpecReader.CifarPlainNet, "Shortcut", "ZeroPadding", "ZeroInitResidual"),
        new("Vgg", SpecReader.Vgg),
    ];
}
