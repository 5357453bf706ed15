using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResNetGen.Generators.Diagnostics;

/// <summary>Finds an attribute of ours, and its parts in the source.</summary>
internal static class AttributePlaces
{
    /// <summary>The attribute <c>[name]</c> of a type or member, or the first of ours where the name is empty; generic ones too.</summary>
    public static AttributeData? Of(ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(each =>
        each.AttributeClass is { ContainingNamespace: { Name: "ResNetGen", ContainingNamespace.IsGlobalNamespace: true } } type
        && (name.Length == 0 || type.Name == name + "Attribute"));

    /// <summary>The whole attribute, or null where it is not in source.</summary>
    public static Location? Whole(AttributeData attribute, CancellationToken cancellation) =>
        Syntax(attribute, cancellation)?.GetLocation();

    /// <summary>The expression of an argument, or the whole attribute where the argument was not written.</summary>
    public static Location? Argument(AttributeData attribute, string name, CancellationToken cancellation)
    {
        if (Syntax(attribute, cancellation) is not { } syntax)
            return null;
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = syntax.ArgumentList?.Arguments ?? default;
        AttributeArgumentSyntax? argument = arguments.FirstOrDefault(each => each.NameEquals?.Name.Identifier.ValueText == name)
            ?? Positional(attribute, arguments, name);
        return (argument?.Expression ?? (SyntaxNode)syntax).GetLocation();
    }

    /// <summary>The first type argument of a generic attribute, or the whole attribute where there is none.</summary>
    public static Location? TypeArgument(AttributeData attribute, CancellationToken cancellation)
    {
        AttributeSyntax? syntax = Syntax(attribute, cancellation);
        NameSyntax? name = syntax?.Name is QualifiedNameSyntax qualified ? qualified.Right : syntax?.Name;
        return (name is GenericNameSyntax { TypeArgumentList.Arguments: { Count: > 0 } arguments } ? arguments[0] : (SyntaxNode?)syntax)?.GetLocation();
    }

    // [Conv(64)] and [Conv(channels: 64)] are both about the property Channels: the parameter has its name, in camel case.
    private static AttributeArgumentSyntax? Positional(AttributeData attribute, SeparatedSyntaxList<AttributeArgumentSyntax> arguments, string name)
    {
        if (attribute.AttributeConstructor is not { } constructor)
            return null;
        for (int i = 0; i < arguments.Count && arguments[i].NameEquals is null; i++)
        {
            string? parameter = arguments[i].NameColon?.Name.Identifier.ValueText
                ?? (i < constructor.Parameters.Length ? constructor.Parameters[i].Name : null);
            if (string.Equals(parameter, name, StringComparison.OrdinalIgnoreCase))
                return arguments[i];
        }
        return null;
    }

    private static AttributeSyntax? Syntax(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
}
