using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ResNetGen.CodeFixes;

/// <summary>Changes the arguments of one attribute and leaves the rest of it as it was written.</summary>
internal static class ArgumentEdits
{
    /// <summary>Writes <c>name = value</c>: in the place of what stood there, else at the end.</summary>
    public static AttributeSyntax Set(AttributeSyntax attribute, string name, string value)
    {
        if (Find(attribute, name) is { } written)
            return attribute.ReplaceNode(written.Expression, Expression(value).WithTriviaFrom(written.Expression));

        AttributeArgumentSyntax added = SyntaxFactory.AttributeArgument(
            SyntaxFactory.NameEquals(
                SyntaxFactory.IdentifierName(name).WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)),
            nameColon: null,
            Expression(value));
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = attribute.ArgumentList?.Arguments ?? default;
        if (arguments.Count > 0)
            added = added.WithLeadingTrivia(SyntaxFactory.Space);
        return With(attribute, arguments.Add(added));
    }

    /// <summary>Writes the value of the first positional argument.</summary>
    public static AttributeSyntax SetFirst(AttributeSyntax attribute, string value)
    {
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = attribute.ArgumentList?.Arguments ?? default;
        if (arguments.FirstOrDefault() is { NameEquals: null } first)
            return attribute.ReplaceNode(first.Expression, Expression(value).WithTriviaFrom(first.Expression));

        if (arguments.Count > 0)
            arguments = arguments.Replace(arguments[0], arguments[0].WithLeadingTrivia(SyntaxFactory.Space));
        return With(attribute, arguments.Insert(0, SyntaxFactory.AttributeArgument(Expression(value))));
    }

    /// <summary>Leaves an argument out, and the parentheses where it was the only one.</summary>
    public static AttributeSyntax Remove(AttributeSyntax attribute, string name)
    {
        if (Find(attribute, name) is not { } written)
            return attribute;
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = attribute.ArgumentList!.Arguments;
        bool first = arguments[0] == written;
        arguments = arguments.Remove(written);
        if (arguments.Count == 0)
            return attribute.WithArgumentList(null);
        if (first)
            arguments = arguments.Replace(arguments[0], arguments[0].WithLeadingTrivia(written.GetLeadingTrivia()));
        return With(attribute, arguments);
    }

    private static AttributeSyntax With(AttributeSyntax attribute, SeparatedSyntaxList<AttributeArgumentSyntax> arguments) =>
        attribute.WithArgumentList((attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList()).WithArguments(arguments));

    private static AttributeArgumentSyntax? Find(AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(each => each.NameEquals?.Name.Identifier.ValueText == name);

    // Names come in full and are shortened to what the user's usings allow.
    private static ExpressionSyntax Expression(string value) =>
        SyntaxFactory.ParseExpression(value).WithAdditionalAnnotations(Simplifier.Annotation);
}
