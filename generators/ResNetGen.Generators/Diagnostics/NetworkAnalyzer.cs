using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ResNetGen.Architecture;
using ResNetGen.Generators.Fixes;
using ResNetGen.Generators.Parsing;

namespace ResNetGen.Generators.Diagnostics;

/// <summary>
/// Reports what is wrong with a network's declaration, on the part of it that is wrong. Runs the same parse and the same
/// rules as <see cref="NetworkGenerator"/>, but while the user types.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Modifiers = ["Budget", "DropPath", "Pretrained", "SqueezeExcitation"];

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        Descriptors.All.RemoveRange(Descriptors.OfUses);

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // A network declared in generated code is no less wrong, and its stub would throw without a word from the compiler.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (Declaration.Read(type) is not { } declaration)
        {
            ReportLonelyModifiers(context, type);
            return;
        }
        IReadOnlyList<Finding> findings = declaration.Findings();
        // What is no network has no costs to remark on.
        if (findings.Count == 0 && !declaration.IsBroken)
            findings = Remarks.Of(declaration);
        foreach (Finding finding in findings)
            Report(context, declaration, finding);
    }

    /// <summary>RNG0016: attributes that say something of a network, on a class that is none.</summary>
    private static void ReportLonelyModifiers(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (string modifier in Modifiers)
        {
            if (AttributePlaces.Of(type, modifier) is { } attribute && AttributePlaces.Whole(attribute, context.CancellationToken) is { } location)
            {
                EquatableArray<Fix> fixes = [Fix.Of(new Edit(EditKind.RemoveAttribute, modifier))];
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.ModifierWithoutNetwork, location, [type.Locations[0]], Fix.Write(fixes), type.Name, modifier));
            }
        }
    }

    private static void Report(SymbolAnalysisContext context, Declaration declaration, Finding finding)
    {
        if (Places.Find(finding.Place, declaration, context.CancellationToken) is not { } location)
            return;
        // Where a further place is not in source, the squiggle stands for it: edits count the places.
        IEnumerable<Location> further = finding.Further
            .Select(place => Places.Find(place, declaration, context.CancellationToken) ?? location);
        context.ReportDiagnostic(Diagnostic.Create(
            finding.Descriptor, location, further, Fix.Write(finding.Fixes), [.. finding.Details]));
    }
}
