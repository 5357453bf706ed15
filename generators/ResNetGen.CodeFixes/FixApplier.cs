using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.CodeFixes;

/// <summary>Finds the nodes that a fix is about, in whatever document they are, and has them edited.</summary>
internal static class FixApplier
{
    /// <summary>The solution after the fix.</summary>
    public static async Task<Solution> ApplyAsync(Document document, Diagnostic diagnostic, Fix fix, CancellationToken cancellation)
    {
        SolutionEditor solution = new(document.Project.Solution);
        foreach (Edit edit in fix.Edits)
        {
            Location location = edit.At == Edit.Squiggle ? diagnostic.Location : diagnostic.AdditionalLocations[edit.At];
            if (solution.OriginalSolution.GetDocument(location.SourceTree) is not { } target)
                continue;
            DocumentEditor editor = await solution.GetDocumentEditorAsync(target.Id, cancellation).ConfigureAwait(false);
            SyntaxNode node = editor.OriginalRoot.FindNode(location.SourceSpan, getInnermostNodeForTie: true);
            Apply(editor, node, edit);
        }
        return solution.GetChangedSolution();
    }

    private static void Apply(DocumentEditor editor, SyntaxNode node, Edit edit)
    {
        switch (edit.Kind)
        {
            case EditKind.AddModifier when Around<MemberDeclarationSyntax>(node) is { } member:
                editor.ReplaceNode(member, (current, _) => ModifierEdits.Add((MemberDeclarationSyntax)current, edit.Name));
                break;
            case EditKind.RemoveModifier when Around<MemberDeclarationSyntax>(node) is { } member:
                editor.ReplaceNode(member, (current, _) => ModifierEdits.Remove((MemberDeclarationSyntax)current, edit.Name));
                break;
            case EditKind.RemoveBaseClass when Around<BaseListSyntax>(node) is { Parent: TypeDeclarationSyntax type }:
                editor.ReplaceNode(type, (current, _) => ModifierEdits.RemoveFirstBase((TypeDeclarationSyntax)current));
                break;
            case EditKind.SetArgument when Around<AttributeSyntax>(node) is { } attribute:
                editor.ReplaceNode(attribute, (current, _) => ArgumentEdits.Set((AttributeSyntax)current, edit.Name, edit.Value));
                break;
            case EditKind.SetFirstArgument when Around<AttributeSyntax>(node) is { } attribute:
                editor.ReplaceNode(attribute, (current, _) => ArgumentEdits.SetFirst((AttributeSyntax)current, edit.Value));
                break;
            case EditKind.RemoveArgument when Around<AttributeSyntax>(node) is { } attribute:
                editor.ReplaceNode(attribute, (current, _) => ArgumentEdits.Remove((AttributeSyntax)current, edit.Name));
                break;
            case EditKind.RemoveAttribute when Around<AttributeSyntax>(node) is { Parent: AttributeListSyntax { Parent: MemberDeclarationSyntax member } list } attribute:
                int listIndex = member.AttributeLists.IndexOf(list), index = list.Attributes.IndexOf(attribute);
                editor.ReplaceNode(member, (current, _) => MemberEdits.RemoveAttribute((MemberDeclarationSyntax)current, listIndex, index));
                break;
            case EditKind.RemoveAssignment when Around<WithExpressionSyntax>(node) is { } with:
                editor.ReplaceNode(with, (current, _) => ExpressionEdits.RemoveAssignment((WithExpressionSyntax)current, edit.Name));
                break;
            case EditKind.DeclareProperty when Around<MemberDeclarationSyntax>(node) is { } member:
                editor.ReplaceNode(member, (current, _) => MemberEdits.Declare((MemberDeclarationSyntax)current, edit.Value));
                break;
            case EditKind.InsertMember when Around<MemberDeclarationSyntax>(node) is { } member:
                editor.InsertBefore(member, MemberEdits.Parse(edit.Value, member));
                break;
        }
    }

    private static T? Around<T>(SyntaxNode node)
        where T : SyntaxNode => node.FirstAncestorOrSelf<T>();
}
