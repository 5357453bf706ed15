using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Parsing;

/// <summary>Reads one member that carries a layer's attribute.</summary>
/// <param name="classes">The reader of its class.</param>
/// <param name="path">The branch it is declared in; empty for the network itself.</param>
/// <param name="member">The property, or what should be one.</param>
internal sealed class MemberReader(CustomReader classes, string path, ISymbol member)
{
    private readonly AttributeData[] layers = [.. member.GetAttributes().Where(LayerKind.IsLayer)];

    private string Id => path.Length == 0 ? member.Name : $"{path}.{member.Name}";

    /// <summary>The layer, or null where its attribute says none; mistakes are noted.</summary>
    public MemberSpec? Read()
    {
        AttributeData attribute = layers[0];
        if (layers.Length > 1)
            classes.Add(MemberRules.TwoLayers(Id, member, layers));

        AttributeValues values = new(attribute);
        (LayerSpec? layer, string? type) = LayerKind.Of(attribute) is { } kind
            ? (kind.Read(values), "global::" + kind.Type)
            : TypedLayer(attribute, values);
        // A name of a generated member is an error only until it is generated: UsedNetwork reads it from the syntax.
        if (values.RefusedByCompiler && LayerKind.NameOf(attribute) != "Use")
            classes.Break();

        // A compiled network has been checked.
        if (type is not null && !member.DeclaringSyntaxReferences.IsEmpty)
            Check(type);

        return layer is null ? null : new MemberSpec(member.Name, layer)
        {
            From = values.String("From") is { } from ? [from] : values.Strings("From"),
            IsTap = member.GetAttributes().Any(static each => LayerKind.NameOf(each) == "Tap"),
        };
    }

    /// <summary>The property to implement; null where there is none.</summary>
    public DeclaredMember? Declared() => member is IPropertySymbol { IsPartialDefinition: true } property
        ? new DeclaredMember(
            SnakeCase.Of(property.Name), SourceText.Identifier(property.Name), SourceText.Modifiers(property), SourceText.Type(property.Type))
        {
            IsDocumented = SourceText.IsDocumented(property),
            Setter = SourceText.Setter(property),
        }
        : null;

    private (LayerSpec? Layer, string? Type) TypedLayer(AttributeData attribute, AttributeValues values)
    {
        if (attribute.AttributeClass?.TypeArguments.FirstOrDefault() is not INamedTypeSymbol { TypeKind: not TypeKind.Error } argument)
        {
            classes.Break();
            return (null, null);
        }

        return LayerKind.NameOf(attribute) == "Use"
            ? (UsedNetwork.Read(classes, Id, attribute, values, argument), path.Replace(".", "") + member.Name + "Backbone")
            : Residual(values, argument);
    }

    private (LayerSpec? Layer, string? Type) Residual(AttributeValues values, INamedTypeSymbol branch)
    {
        ResidualSpec spec = new(classes.BranchOf(branch) ?? "")
        {
            Shortcut = values.Enum<Shortcut>("Shortcut"),
            Repeat = values.Int("Repeat"),
            ReLU = values.Bool("ReLU"),
        };
        string type = $"global::ResNetGen.Modules.Residual<{SourceText.Type(branch)}>";
        if (spec.Branch.Length > 0)
            return (spec, spec.Repeat is null or 1 ? type : $"global::TorchSharp.Modules.ModuleList<{type}>");

        classes.Add(MemberRules.NotABranch(Id, branch.Name, classes.Network.Name));
        return (null, null);
    }

    private void Check(string type)
    {
        if (member is IPropertySymbol { Type: { } declared } property && MemberRules.IsGetOnlyPartial(property))
        {
            // A generated class is known by its name alone.
            bool generated = !type.StartsWith("global::", StringComparison.Ordinal);
            if (generated ? declared.Name == type : SourceText.Type(declared) == type)
                return;
            if (!generated && SourceText.HasError(declared))
            {
                classes.Break();
                return;
            }
        }

        classes.Add(MemberRules.WrongMember(Id, member, type));
    }
}
