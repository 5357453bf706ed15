using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ResNetGen.Architecture;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Parsing;

/// <summary>Turns an attributed class into the model that the emitter prints: reads it, then checks what was read. All thinking happens here.</summary>
internal static class NetworkParser
{
    private static readonly SymbolDisplayFormat SourceName = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>
    /// What stands in the source, or null where nothing can be emitted, and where another attribute of the same class emits it already.
    /// Runs for every network at every change of anything, so it looks up and does not think.
    /// </summary>
    public static ReadNetwork? Read(GeneratorAttributeSyntaxContext target, Family family, CancellationToken cancellation)
    {
        if (target.TargetSymbol is not INamedTypeSymbol type
            || Declaration.Read(type) is not { } declaration
            || declaration.Family != family
            || !IsOn(declaration.Attribute, target.TargetNode, cancellation)
            || !DeclarationRules.CanEmit(declaration))
        {
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        List<string> errors = declaration.FindingsInSource().Select(static finding => finding.ToString()).ToList();
        if (declaration.IsBroken)
            errors.Add("The compiler refused its attributes, or a network that it uses is wrong.");

        NetworkModel model = new()
        {
            HintName = Parsing.HintName.Of(type),
            Namespace = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(SourceName),
            ContainingTypes = Containing(type),
            Identifier = SourceIdentifier(type),
            Spec = declaration.Spec,
            TakenNames = TakenNames.Of(type, target.TargetNode, target.SemanticModel),
            Declared = declaration.Custom?.Declared ?? [],
            Errors = errors.ToEquatableArray(),
        };
        return new ReadNetwork(model, declaration.ValuesAreKnown);
    }

    /// <summary>The model that is printed: with every mistake in it, and where there is one, of the nearest network without.</summary>
    public static NetworkModel Check(ReadNetwork read)
    {
        NetworkModel model = read.Model;
        EquatableArray<string> errors = read.ValuesAreKnown
            ? model.Errors.Concat(ValueRules.OfSpec(model.Spec).Select(static finding => finding.ToString())).ToEquatableArray()
            : model.Errors;
        return errors.Count == 0 ? model : model with { Spec = NearestSpec.Of(model.Spec), Errors = errors };
    }

    // An attribute that is (wrongly) written twice brings the class here twice; a file can be added only once.
    private static bool IsOn(AttributeData attribute, SyntaxNode declaration, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference is { } reference
        && reference.SyntaxTree == declaration.SyntaxTree
        && reference.GetSyntax(cancellation).Parent?.Parent == declaration;

    private static EquatableArray<ContainingType> Containing(INamedTypeSymbol type)
    {
        List<ContainingType> types = [];
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            types.Insert(0, new ContainingType(TypeKeyword.Of(outer), SourceIdentifier(outer)));
        return types.ToEquatableArray();
    }

    /// <summary>The name as written, with type parameters: <c>@event</c>, <c>Outer&lt;T&gt;</c>.</summary>
    private static string SourceIdentifier(INamedTypeSymbol type)
    {
        string name = Escape(type.Name);
        return type.TypeParameters.IsEmpty
            ? name
            : $"{name}<{string.Join(", ", type.TypeParameters.Select(static parameter => Escape(parameter.Name)))}>";
    }

    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;
}
