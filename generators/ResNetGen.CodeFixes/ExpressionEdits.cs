using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResNetGen.CodeFixes;

/// <summary>Changes the code that uses a network.</summary>
internal static class ExpressionEdits
{
    /// <summary>Takes an assignment out of <c>x with { … }</c>; where it was the only one, <c>x</c> is left.</summary>
    public static ExpressionSyntax RemoveAssignment(WithExpressionSyntax with, string name)
    {
        SeparatedSyntaxList<ExpressionSyntax> all = with.Initializer.Expressions;
        ExpressionSyntax removed = all.First(each => each is AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } && left.Identifier.ValueText == name);
        SeparatedSyntaxList<ExpressionSyntax> rest = all.Remove(removed);
        if (rest.Count == 0)
            return with.Expression.WithTriviaFrom(with);
        // The last one has the blank after it that stands before the brace.
        if (all.Last() == removed)
            rest = rest.Replace(rest.Last(), rest.Last().WithTrailingTrivia(removed.GetTrailingTrivia()));
        return with.WithInitializer(with.Initializer.WithExpressions(rest));
    }
}
