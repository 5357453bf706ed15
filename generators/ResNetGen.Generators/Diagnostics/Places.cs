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
        PlaceKind.ContainingType => ContainingType(declaration.Type, place.Name, cancellation),
        PlaceKind.Kind => Kind(declaration.Type, declaration.Attribute, cancellation),
        PlaceKind.BaseClass => BaseClass(declaration.Type, cancellation),
        PlaceKind.Identifier when place.Member.Length == 0 => Identifier(declaration.Type, declaration.Attribute, cancellation),
        PlaceKind.Identifier => MemberPlaces.Name(declaration.Type, place.Member, cancellation),
        PlaceKind.Type => MemberPlaces.Type(declaration.Type, place.Member, cancellation),
        _ => Find(place, Attribute(place, declaration), cancellation),
    };

    private static AttributeData? Attribute(Place place, Declaration declaration)
    {
        if (place.Member.Length > 0)
            return MemberPlaces.Find(declaration.Type, place.Member) is { } member ? AttributePlaces.Of(member, place.Attribute) : null;
        return place.Attribute.Length > 0 ? AttributePlaces.Of(declaration.Type, place.Attribute) : declaration.Attribute;
    }

    private static Location? Find(Place place, AttributeData? attribute, CancellationToken cancellation) => attribute is null
        ? null
        : place.Kind switch
        {
            PlaceKind.Argument => AttributePlaces.Argument(attribute, place.Name, cancellation),
            PlaceKind.TypeArgument => AttributePlaces.TypeArgument(attribute, cancellation),
            _ => AttributePlaces.Whole(attribute, cancellation),
        };

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
