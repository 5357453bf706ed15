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
        new("ResNet", (name, written) => new ResNetSpec
        {
            Name = name,
            Channels = written.Int("Channels"),
            Height = written.Int("Height"),
            Width = written.Int("Width"),
            Classes = written.Int("Classes"),
            Depth = written.Int("Depth"),
            Stages = written.Ints("Stages"),
            Block = written.Enum<Block>("Block"),
            Shortcut = written.Enum<Shortcut>("Shortcut"),
            Stride = written.Enum<StridePlacement>("Stride"),
            Stem = written.Enum<Stem>("Stem"),
            StemWidth = written.Int("StemWidth"),
            Groups = written.Int("Groups"),
            WidthPerGroup = written.Int("WidthPerGroup"),
            ZeroPadding = written.Enum<ZeroPadding>("ZeroPadding"),
        }),
        new("CifarResNet", (name, written) => new CifarResNetSpec
        {
            Name = name,
            Channels = written.Int("Channels"),
            Height = written.Int("Height"),
            Width = written.Int("Width"),
            Classes = written.Int("Classes"),
            Depth = written.Int("Depth"),
            Block = written.Enum<Block>("Block"),
            Shortcut = written.Enum<Shortcut>("Shortcut"),
        }),
        new("PlainNet", (name, written) => new PlainNetSpec
        {
            Name = name,
            Channels = written.Int("Channels"),
            Height = written.Int("Height"),
            Width = written.Int("Width"),
            Classes = written.Int("Classes"),
            Depth = written.Int("Depth"),
            Stages = written.Ints("Stages"),
            Block = written.Enum<Block>("Block"),
            Stride = written.Enum<StridePlacement>("Stride"),
            Stem = written.Enum<Stem>("Stem"),
            StemWidth = written.Int("StemWidth"),
            Groups = written.Int("Groups"),
            WidthPerGroup = written.Int("WidthPerGroup"),
        }, "Shortcut", "ZeroPadding"),
        new("CifarPlainNet", (name, written) => new CifarPlainNetSpec
        {
            Name = name,
            Channels = written.Int("Channels"),
            Height = written.Int("Height"),
            Width = written.Int("Width"),
            Classes = written.Int("Classes"),
            Depth = written.Int("Depth"),
            Block = written.Enum<Block>("Block"),
        }, "Shortcut", "ZeroPadding"),
        // What its members say is read by CustomReader.
        new("Network", (name, written) => new CustomNetworkSpec
        {
            Name = name,
            Channels = written.Int("Channels"),
            Height = written.Int("Height"),
            Width = written.Int("Width"),
            Classes = written.Int("Classes"),
        }),
    ];
}
