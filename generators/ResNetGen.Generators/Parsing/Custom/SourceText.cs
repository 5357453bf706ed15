using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResNetGen.Generators.Parsing;

/// <summary>Declarations as they are written, for the part that is generated beside them.</summary>
internal static class SourceText
{
    private static readonly SymbolDisplayFormat FullType = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>A name, with <c>@</c> where it is a keyword.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>A type with all of its namespaces; the name alone where it does not exist yet.</summary>
    public static string Type(ITypeSymbol type) => type.ToDisplayString(FullType);

    /// <summary>Whether the compiler does not know the type, or one of its arguments.</summary>
    public static bool HasError(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Error || (type is INamedTypeSymbol named && named.TypeArguments.Any(HasError));

    /// <summary>The modifiers of a property, <c>partial</c> excepted: both halves must have the same.</summary>
    public static string Modifiers(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is PropertyDeclarationSyntax syntax
            ? string.Join(" ", syntax.Modifiers.Where(static each => !each.IsKind(SyntaxKind.PartialKeyword)).Select(static each => each.ValueText))
            : "public";

    /// <summary>Whether a documentation comment stands before the property.</summary>
    public static bool IsDocumented(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax().GetLeadingTrivia()
            .Any(static each => each.GetStructure() is DocumentationCommentTriviaSyntax) == true;

    /// <summary><c>set</c> or <c>init</c> with its modifiers, where the property has one; else empty.</summary>
    public static string Setter(IPropertySymbol property)
    {
        AccessorDeclarationSyntax? setter = (property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as PropertyDeclarationSyntax)
            ?.AccessorList?.Accessors.FirstOrDefault(static each => !each.IsKind(SyntaxKind.GetAccessorDeclaration));
        return setter is null ? "" : string.Join(" ", setter.Modifiers.Select(static each => each.ValueText).Append(setter.Keyword.ValueText));
    }
}
