using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResNetGen.CodeFixes;

/// <summary>Changes what stands in the head of a declaration.</summary>
internal static class ModifierEdits
{
    /// <summary>Adds a modifier as the last one, which is where C# wants <c>partial</c>.</summary>
    public static MemberDeclarationSyntax Add(MemberDeclarationSyntax member, string modifier)
    {
        SyntaxKind kind = SyntaxFacts.GetKeywordKind(modifier) is var keyword and not SyntaxKind.None
            ? keyword
            : SyntaxFacts.GetContextualKeywordKind(modifier);
        if (member.Modifiers.Any(kind))
            return member;
        SyntaxToken added = SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space);
        if (member.Modifiers.Count > 0)
            return member.WithModifiers(member.Modifiers.Add(added));

        // What stood before the keyword, comments included, now stands before the modifier.
        SyntaxToken first = member.AttributeLists.Count == 0
            ? member.GetFirstToken()
            : member.AttributeLists.Last().GetLastToken().GetNextToken();
        SyntaxTriviaList before = first.LeadingTrivia;
        return member
            .ReplaceToken(first, first.WithLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(added.WithLeadingTrivia(before)));
    }

    /// <summary>Takes a modifier away.</summary>
    public static MemberDeclarationSyntax Remove(MemberDeclarationSyntax member, string modifier)
    {
        int index = member.Modifiers.IndexOf(member.Modifiers.FirstOrDefault(each => each.ValueText == modifier));
        if (index < 0)
            return member;
        SyntaxToken removed = member.Modifiers[index], next = removed.GetNextToken();
        member = member.ReplaceToken(next, next.WithLeadingTrivia(removed.LeadingTrivia));
        return member.WithModifiers(member.Modifiers.RemoveAt(index));
    }

    /// <summary>Takes the base class away, and the colon where it stood alone.</summary>
    public static TypeDeclarationSyntax RemoveFirstBase(TypeDeclarationSyntax type)
    {
        BaseListSyntax list = type.BaseList!;
        if (list.Types.Count > 1)
        {
            SeparatedSyntaxList<BaseTypeSyntax> rest = list.Types.RemoveAt(0);
            return (TypeDeclarationSyntax)type.WithBaseList(
                list.WithTypes(rest.Replace(rest[0], rest[0].WithLeadingTrivia(list.Types[0].GetLeadingTrivia()))));
        }
        // The blank before the colon belongs to the token before it, the end of the line to the list.
        SyntaxToken before = list.GetFirstToken().GetPreviousToken();
        SyntaxTriviaList after = list.GetTrailingTrivia();
        type = type.ReplaceToken(before, before.WithTrailingTrivia(after));
        return (TypeDeclarationSyntax)type.WithBaseList(null);
    }
}
