using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace ResNetGen.CodeFixes;

/// <summary>Writes the members that carry a network's layers.</summary>
internal static class MemberEdits
{
    /// <summary>The same member as a get-only partial property of another type; its attributes and accessibility stay.</summary>
    public static MemberDeclarationSyntax Declare(MemberDeclarationSyntax member, string type)
    {
        SyntaxToken? name = member switch
        {
            PropertyDeclarationSyntax property => property.Identifier,
            FieldDeclarationSyntax { Declaration.Variables: { Count: 1 } variables } => variables[0].Identifier,
            _ => null,
        };
        if (name is not { } identifier)
            return member;

        IEnumerable<SyntaxToken> access = member.Modifiers.Where(static each => SyntaxFacts.IsAccessibilityModifier(each.Kind()));
        PropertyDeclarationSyntax declared = (PropertyDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(
            $"{string.Concat(access.Select(static each => each.ValueText + " "))}partial {type} {identifier.Text} {{ get; }}")!;
        declared = declared
            .WithType(declared.Type.WithAdditionalAnnotations(Simplifier.Annotation))
            .WithAttributeLists(member.AttributeLists)
            .WithTriviaFrom(member);
        return member.AttributeLists.Count > 0 ? AfterAttributes(declared, member) : declared;
    }

    /// <summary>A member as it was given in text, on a line of its own and indented where the one it comes before is.</summary>
    public static MemberDeclarationSyntax Parse(string source, MemberDeclarationSyntax before) =>
        SyntaxFactory.ParseMemberDeclaration(source)!
            .WithLeadingTrivia(before.GetLeadingTrivia().Where(static each => each.IsKind(SyntaxKind.WhitespaceTrivia)))
            .WithTrailingTrivia(before.GetTrailingTrivia().Where(static each => each.IsKind(SyntaxKind.EndOfLineTrivia)))
            .WithAdditionalAnnotations(Simplifier.Annotation, Formatter.Annotation);

    /// <summary>The member without one of its attributes, and without the brackets where it stood alone in them.</summary>
    public static MemberDeclarationSyntax RemoveAttribute(MemberDeclarationSyntax member, int list, int attribute)
    {
        AttributeListSyntax written = member.AttributeLists[list];
        if (written.Attributes.Count > 1)
        {
            SeparatedSyntaxList<AttributeSyntax> rest = written.Attributes.RemoveAt(attribute);
            rest = rest.Replace(rest[0], rest[0].WithLeadingTrivia(written.Attributes[0].GetLeadingTrivia()));
            return member.ReplaceNode(written, written.WithAttributes(rest));
        }
        // What comes next moves to where the brackets were; both are indented alike.
        SyntaxToken next = written.GetLastToken().GetNextToken();
        IEnumerable<SyntaxTrivia> before = written.GetLeadingTrivia()
            .Concat(next.LeadingTrivia.SkipWhile(static each => each.IsKind(SyntaxKind.WhitespaceTrivia)));
        member = member.ReplaceToken(next, next.WithLeadingTrivia(before));
        return member.WithAttributeLists(member.AttributeLists.RemoveAt(list));
    }

    // The first word of the declaration keeps what stood before the first word: a line break, or a blank.
    private static PropertyDeclarationSyntax AfterAttributes(PropertyDeclarationSyntax declared, MemberDeclarationSyntax member)
    {
        SyntaxTriviaList between = member.AttributeLists.Last().GetLastToken().GetNextToken().LeadingTrivia;
        SyntaxToken first = declared.Modifiers[0];
        return declared.WithModifiers(declared.Modifiers.Replace(first, first.WithLeadingTrivia(between)));
    }
}
