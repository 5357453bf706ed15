using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ResNetGen.Architecture;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Diagnostics;

/// <summary>
/// Reports where a paper's recipe is changed under the paper's name: <c>Recipes.He2015Cifar with { BatchSize = 64 }</c>. A recipe that
/// gets a <c>Name</c> of its own claims nothing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RecipeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.RecipeDeviates];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.WithExpression);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        WithExpressionSyntax with = (WithExpressionSyntax)context.Node;
        if (context.SemanticModel.GetSymbolInfo(with.Expression, context.CancellationToken).Symbol is not IPropertySymbol
            {
                IsStatic: true, ContainingType: { Name: "Recipes", ContainingNamespace: { Name: "ResNetGen", ContainingNamespace.IsGlobalNamespace: true } },
            } property
            || PaperRecipe.Find(property.Name) is not { } recipe)
        {
            return;
        }

        AssignmentExpressionSyntax[] changes = [.. with.Initializer.Expressions.OfType<AssignmentExpressionSyntax>()];
        if (changes.Any(static each => NameOf(each) == "Name"))
            return;
        foreach (AssignmentExpressionSyntax change in changes)
        {
            string name = NameOf(change);
            Optional<object?> found = context.SemanticModel.GetConstantValue(change.Right, context.CancellationToken);
            if (PaperRecipe.Unimportant.Contains(name) || (recipe.Values.TryGetValue(name, out object? value) && found.HasValue && AreEqual(value, found.Value)))
                continue;
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.RecipeDeviates,
                change.GetLocation(),
                additionalLocations: [with.Expression.GetLocation()],
                Fix.Write([Fix.Of(new Edit(EditKind.RemoveAssignment, name))]),
                recipe.Name, recipe.Source, name, value is null ? "the paper's" : Text(value), change.Right.ToString()));
        }
    }

    private static string NameOf(AssignmentExpressionSyntax assignment) => (assignment.Left as IdentifierNameSyntax)?.Identifier.ValueText ?? "";

    // 0 is as good a double as 0.0, and an enumeration's constant is its number.
    private static bool AreEqual(object expected, object? found) => expected is bool
        ? expected.Equals(found)
        : found is IConvertible and not bool and not string && Convert.ToDouble(found, CultureInfo.InvariantCulture).Equals(Convert.ToDouble(expected, CultureInfo.InvariantCulture));

    private static string Text(object value) => value is bool flag
        ? flag ? "true" : "false"
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
