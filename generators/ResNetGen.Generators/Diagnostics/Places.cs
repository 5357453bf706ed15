using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ResNetGen.Generators.Parsing;

namespace ResNetGen.Generators.Diagnostics;

/// <summary>Finds the place of a mistake in the source, so that the squiggle sits on what has to change.</summary>
internal static class Places
{
    /// <summary>The location, or null where somebody else reports the same mistake already.</summary>
    public static Location? Find(Place place, Declaration declaration, CancellationToken cancellation) => place.Kind switch
    {
        PlaceKind.Argument => Argument(declaration.Attribute, place.Name, cancellation),
        PlaceKind.Attribute => declaration.Attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation(),
        PlaceKind.SecondAttribute => SecondAttribute(declaration, place.Name, cancellation),
        PlaceKind.ContainingType => ContainingType(declaration.Type, place.Name, cancellation),
        PlaceKind.Kind => Kind(declaration.Type, declaration.Attribute, cancellation),
        PlaceKind.BaseClass => BaseClass(declaration.Type, cancellation),
        _ => Identifier(declaration.Type, declaration.Attribute, cancellation),
    };

    /// <summary>The expression of an argument, or the whole attribute where the argument was not written.</summary>
    public static Location? Argument(AttributeData attribute, string name, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
            return null;
        AttributeArgumentSyntax? argument = syntax.ArgumentList?.Arguments
            .FirstOrDefault(each => each.NameEquals?.Name.Identifier.ValueText == name);
        return (argument?.Expression ?? (SyntaxNode)syntax).GetLocation();
    }

    private static Location? SecondAttribute(Declaration declaration, string family, CancellationToken cancellation) =>
        declaration.OtherFamilies().First(pair => pair.Family.Name == family).Attribute
            .ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation();

    private static Location? Identifier(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation) =>
        Part(type, attribute, cancellation)?.Identifier.GetLocation();

    private static Location? ContainingType(INamedTypeSymbol type, string name, CancellationToken cancellation)
    {
        INamedTypeSymbol outer = type.ContainingType;
        while (outer.MetadataName != name)
            outer = outer.ContainingType;
        // One missing modifier, one message, however many networks the type contains: the first one reports it.
        return SymbolEqualityComparer.Default.Equals(FirstNetwork(outer), type)
            ? Part(outer, null, cancellation)?.Identifier.GetLocation()
            : null;
    }

    private static INamedTypeSymbol? FirstNetwork(INamedTypeSymbol outer)
    {
        foreach (INamedTypeSymbol member in outer.GetTypeMembers())
        {
            if (Declaration.Read(member) is not null)
                return member;
            if (FirstNetwork(member) is { } inner)
                return inner;
        }
        return null;
    }

    private static Location? Kind(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation)
    {
        if (Part(type, attribute, cancellation) is not { } part)
            return null;
        if (part is not ClassDeclarationSyntax)
            return part.Keyword.GetLocation();
        SyntaxToken modifier = type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<TypeDeclarationSyntax>()
            .SelectMany(static each => each.Modifiers)
            .FirstOrDefault(static each => each.IsKind(SyntaxKind.StaticKeyword) || each.IsKind(SyntaxKind.AbstractKeyword));
        if (modifier.RawKind != 0)
            return modifier.GetLocation();
        return part.TypeParameterList?.GetLocation() ?? part.Identifier.GetLocation();
    }

    private static Location? BaseClass(INamedTypeSymbol type, CancellationToken cancellation)
    {
        // C# wants the base class first in a list. Only one part needs to name it.
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellation) is TypeDeclarationSyntax { BaseList.Types: { Count: > 0 } types }
                && types[0].Type is { } written
                && NameOf(written) == type.BaseType!.Name)
            {
                return written.GetLocation();
            }
        }
        return type.Locations.FirstOrDefault();
    }

    private static string NameOf(TypeSyntax written) => written switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    /// <summary>The part of a type that carries the attribute, or its first part.</summary>
    private static TypeDeclarationSyntax? Part(INamedTypeSymbol type, AttributeData? attribute, CancellationToken cancellation) =>
        attribute?.ApplicationSyntaxReference?.GetSyntax(cancellation).Parent?.Parent as TypeDeclarationSyntax
        ?? type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) as TypeDeclarationSyntax;
}
