using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Parsing;

/// <summary>What is wrong with the members of a network of one's own as C#.</summary>
internal static class MemberRules
{
    // What the generated half of a class declares, or calls on the class itself.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "Architecture", "BufferCount", "Create", "Dispose", "Flops", "ForwardFeatures", "GetType", "MultiplyAdds",
        "MultiplyAddsWithNormAndActivation", "ParameterCount", "ReceptiveField", "ReceptiveFieldStride", "RegisterComponents", "SelfCheck",
        "WeightedLayers", "forward", "modules", "register_module",
        // Members of torch's modules and of every object, which a property of that name would hide.
        "Deconstruct", "Equals", "GetHashCode", "GetName", "MemberwiseClone", "PrintMembers", "ToString", "add_module", "apply", "buffers",
        "call", "children", "conditionally_register_submodule", "cpu", "cuda", "eval", "get_buffer", "get_parameter", "get_submodule",
        "has_children", "load", "load_state_dict", "name", "named_buffers", "named_children", "named_modules", "named_parameters",
        "parameters", "register_buffer", "register_parameter", "requires_grad_", "save", "state_dict", "to", "train", "training",
        "zero_grad",
    };

    /// <summary>RNG0007: layers in several parts, between which C# knows no order. RNG0010: names that generated code needs.</summary>
    public static IEnumerable<Finding> Split(INamedTypeSymbol type, string path, ISymbol[] layers)
    {
        foreach (ISymbol layer in layers.Where(each => Reserved.Contains(each.Name) || each.Name == type.Name || Clashes(type, each, layers)))
            yield return Find(Descriptors.ReservedName, Place.MemberName(Id(path, layer)), Id(path, layer), layer.Name);

        ISymbol? stray = layers.FirstOrDefault(layer => Part(layer) is { } part && part != Part(layers[0]));
        if (stray is not null)
        {
            yield return Find(Descriptors.LayersSplit, Place.MemberName(Id(path, stray)), type.Name, layers[0].Name, stray.Name) with
            {
                Further = [Place.MemberName(Id(path, layers[0]))],
            };
        }
    }

    // With the field behind the property, with the class of a used network, or with a constant of another layer's feature map.
    private static bool Clashes(INamedTypeSymbol type, ISymbol layer, ISymbol[] layers) =>
        type.GetMembers(Emission.Names.Field(layer.Name)).Any(IsWritten)
        || layers.Any(other => layer.Name == other.Name + "Backbone"
            || (IsTap(other) && IsTap(layer) && (layer.Name == other.Name + "Channels" || layer.Name == other.Name + "Stride")));

    // The analyzer sees the generated part as well, with the very field.
    private static bool IsWritten(ISymbol member) => member.DeclaringSyntaxReferences.Any(reference =>
        !reference.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase));

    private static bool IsTap(ISymbol member) => member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "TapAttribute");

    /// <summary>RNG0008.</summary>
    public static Finding TwoLayers(string id, ISymbol member, AttributeData[] layers)
    {
        string first = LayerKind.NameOf(layers[0])!, second = LayerKind.NameOf(layers[1])!;
        return Find(Descriptors.TwoLayers, Place.Layer(id, second), id, $"[{first}]", $"[{second}]", member.Name) with
        {
            Further = [Place.Layer(id, first)],
            // The property's type says which of the two it is.
            Fixes =
            [
                .. IsOf(member, layers[0]) ? [Fix.Of(new Edit(EditKind.RemoveAttribute, second))] : Array.Empty<Fix>(),
                .. IsOf(member, layers[1]) ? [Fix.Of(new Edit(EditKind.RemoveAttribute, first, At: 0))] : Array.Empty<Fix>(),
            ],
        };
    }

    /// <summary>RNG0009.</summary>
    public static Finding WrongMember(string id, ISymbol member, string type)
    {
        bool shape = member is not IPropertySymbol property || !IsGetOnlyPartial(property);
        return Find(Descriptors.WrongMember, shape ? Place.MemberName(id) : Place.MemberType(id), id, Short(type), Found(member), member.Name) with
        {
            Fixes = [Fix.Of(new Edit(EditKind.DeclareProperty, member.Name, type))],
        };
    }

    /// <summary>RNG0014.</summary>
    public static Finding NotABranch(string id, string branch, string network) =>
        Find(Descriptors.NotABranch, Place.LayerTypeArgument(id), id, network, branch);

    /// <summary>RNG0306, where the type argument is no network.</summary>
    public static Finding NotANetwork(string id, string type) => Backbone(id,
        $"expected a class with a network's attribute, found '{type}', which has none", "take another class");

    /// <summary>RNG0306, where the type argument is a network that this one is a part of.</summary>
    public static Finding UsesItself(string id, string type) => Backbone(id,
        $"expected a network that does not contain this one, found '{type}', which does", "take another network");

    /// <summary>RNG0306, where the type argument has layers that cannot be seen from here.</summary>
    public static Finding HidesLayers(string id, string type) => Backbone(id,
        $"expected a network whose layers all are public, found '{type}' of another assembly, which hides some", "make the properties and branches of it public");

    /// <summary>Whether a property can be a layer, its type apart.</summary>
    public static bool IsGetOnlyPartial(IPropertySymbol property) =>
        property is { IsPartialDefinition: true, IsStatic: false, IsReadOnly: true, IsIndexer: false, ReturnsByRef: false, ReturnsByRefReadonly: false };

    /// <summary>A type without its namespaces: <c>ModuleList&lt;Residual&lt;Down&gt;&gt;</c>.</summary>
    public static string Short(string type) => Regex.Replace(type, @"global::([\w@]+\.)*", "");

    private static Finding Backbone(string id, string what, string advice) =>
        Find(Descriptors.BackboneUnusable, Place.LayerTypeArgument(id), id, what, advice);

    private static bool IsOf(ISymbol member, AttributeData layer) =>
        member is IPropertySymbol property && LayerKind.Of(layer) is { } kind && SourceText.Type(property.Type) == "global::" + kind.Type;

    private static string Found(ISymbol member)
    {
        ITypeSymbol type = member is IPropertySymbol { Type: { } of } ? of : ((IFieldSymbol)member).Type;
        string kind = member switch
        {
            IFieldSymbol => "a field",
            IPropertySymbol { IsStatic: true } => "a static property",
            IPropertySymbol { IsPartialDefinition: false } => "a property that is not partial,",
            IPropertySymbol { IsReadOnly: false } => "a property that can be set,",
            _ => "one",
        };
        return $"{kind} of type {type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}";
    }

    private static string Id(string path, ISymbol member) => path.Length == 0 ? member.Name : $"{path}.{member.Name}";

    private static SyntaxNode? Part(ISymbol member) =>
        member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax().FirstAncestorOrSelf<Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax>();

    private static Finding Find(DiagnosticDescriptor descriptor, Place place, params string[] details) =>
        new(descriptor, place, details.ToEquatableArray());
}
