using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Parsing;

/// <summary>
/// What the compiler would keep the analyzer from saying. A network of one's own that cannot be given a second part leaves its
/// partial properties without bodies, and after such errors the command-line compiler runs no analyzer: the user would
/// read that every property lacks a body and not why. So here, and only here, the generator says it too.
/// </summary>
internal static class Refusals
{
    /// <summary>The messages; empty where the analyzer will be heard.</summary>
    public static EquatableArray<Refusal> Of(GeneratorAttributeSyntaxContext target, CancellationToken cancellation)
    {
        if (target.TargetSymbol is not INamedTypeSymbol type
            || Declaration.Read(type) is not { Custom: not null } declaration
            || DeclarationRules.CanEmit(declaration)
            || !type.GetMembers().OfType<IPropertySymbol>().Any(IsPartial))
        {
            return [];
        }

        cancellation.ThrowIfCancellationRequested();
        return DeclarationRules.Check(declaration).Select(finding => Of(finding, declaration, cancellation)).OfType<Refusal>().ToEquatableArray();
    }

    private static Refusal? Of(Finding finding, Declaration declaration, CancellationToken cancellation)
    {
        if (Places.Find(finding.Place, declaration, cancellation) is not { SourceTree: { } tree } location)
            return null;

        return new Refusal(finding.Descriptor.Id, finding.Details, tree.FilePath, location.SourceSpan, location.GetLineSpan().Span);
    }

    private static bool IsPartial(IPropertySymbol property) => property.DeclaringSyntaxReferences.Any(reference =>
        reference.GetSyntax() is PropertyDeclarationSyntax { Modifiers: var modifiers } && modifiers.Any(modifier => modifier.ValueText == "partial"));
}
