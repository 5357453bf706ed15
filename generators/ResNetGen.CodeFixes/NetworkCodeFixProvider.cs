using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.CodeFixes;

/// <summary>
/// Offers the fixes that our diagnostics carry. It decides nothing: which answers there are is found where the mistake is
/// found, and here they are written into the source.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NetworkCodeFixProvider)), Shared]
public sealed class NetworkCodeFixProvider : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => FixableIds.All;

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            IReadOnlyList<Fix> fixes = Fix.Read(diagnostic.Properties);
            for (int i = 0; i < fixes.Count; i++)
            {
                Fix fix = fixes[i];
                context.RegisterCodeFix(
                    CodeAction.Create(
                        FixTitle.Of(fix),
                        cancellation => FixApplier.ApplyAsync(context.Document, diagnostic, fix, cancellation),
                        // The same answer to the same message, whatever the values: what "fix all" applies everywhere.
                        diagnostic.Id + "." + i.ToString(CultureInfo.InvariantCulture)),
                    diagnostic);
            }
        }
        return Task.CompletedTask;
    }
}
