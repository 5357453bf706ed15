extern alias generators;

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using generators::ResNetGen.Generators;
using generators::ResNetGen.Generators.Diagnostics;

namespace ResNetGen.Generators.Tests.Infrastructure;

/// <summary>
/// Compiles sources in memory the way a user's project would: compiler, generator and analyzers.
/// </summary>
/// <remarks>
/// Every run also runs the generator a second time after an edit elsewhere and demands that nothing was done again, and
/// walks everything the pipeline kept, in search of a symbol, a syntax node or a compilation.
/// </remarks>
internal static class GeneratorHost
{
    /// <summary>The file the tested source is in.</summary>
    public const string TestFile = "Test.cs";

    /// <summary>The file that every tested project has beside its own.</summary>
    public const string Usings = """
        global using System;
        global using ResNetGen;
        global using static ResNetGen.Block;
        global using static ResNetGen.Shortcut;
        """;

    // Networks that no paper has are what many tests are about.
    private static readonly ImmutableDictionary<string, ReportDiagnostic> Departures =
        new[] { "RNG0403", "RNG0404", "RNG0405", "RNG0406", "RNG0407" }.ToImmutableDictionary(id => id, _ => ReportDiagnostic.Suppress);

    // What all compilations begin with: those that add sources only share the symbols of the references.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Tested",
        syntaxTrees: null,
        References.All,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            warningLevel: 9999,
            allowUnsafe: false));

    /// <summary>Compiles one source.</summary>
    public static GeneratorRun Run(string source, HostOptions? options = null) => Run([(TestFile, source)], options);

    /// <summary>Compiles several sources of one project.</summary>
    public static GeneratorRun Run(IReadOnlyList<(string Path, string Text)> sources, HostOptions? options = null)
    {
        options ??= new HostOptions();
        CSharpCompilation compilation = Compile(sources, options);
        CSharpGeneratorDriver driver = Driver(options);
        GeneratorDriver first = driver.RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation output, out ImmutableArray<Diagnostic> reported);

        GeneratorDriverRunResult result = first.GetRunResult();
        Assert.All(result.Results, each => Assert.Null(each.Exception));
        Pipeline.HoldsValuesOnly(result);
        Pipeline.DoesNothingTwice(first.RunGenerators(UnrelatedEdit(compilation)).GetRunResult());

        return new GeneratorRun(output, first, result, [.. output.GetDiagnostics(), .. reported, .. Analyze(output)]);
    }

    /// <summary>All our analyzers.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers => [new NetworkAnalyzer(), new DatasetAnalyzer(), new RecipeAnalyzer()];

    /// <summary>What our analyzers say of a compilation.</summary>
    public static ImmutableArray<Diagnostic> Analyze(Compilation compilation) => compilation
        .WithAnalyzers(Analyzers)
        .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();

    /// <summary>A compilation without the generator's output.</summary>
    public static CSharpCompilation Compile(IReadOnlyList<(string Path, string Text)> sources, HostOptions options)
    {
        CSharpParseOptions parse = ParseOptions(options);
        IEnumerable<(string Path, string Text)> all = [.. sources, ("Unrelated.cs", "class Unrelated { int Answer() => 41; }")];
        if (options.Usings)
            all = all.Append(("Usings.cs", Usings));
        CSharpCompilation compilation = options.References.Count == 0 ? Empty : Empty.AddReferences(options.References);
        if (!options.Papers)
            compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(Departures));
        return compilation.AddSyntaxTrees(
            all.Select(source => CSharpSyntaxTree.ParseText(SourceText.From(source.Text), parse, source.Path)));
    }

    /// <summary>A driver that remembers what each step did.</summary>
    public static CSharpGeneratorDriver Driver(HostOptions options) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions(options),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The same project after somebody typed in a file that has nothing to do with networks.</summary>
    public static CSharpCompilation UnrelatedEdit(CSharpCompilation compilation) =>
        Edit(compilation, "Unrelated.cs", text => text.Replace("41", "42", StringComparison.Ordinal));

    /// <summary>The same project after somebody typed in a file.</summary>
    public static CSharpCompilation Edit(CSharpCompilation compilation, string path, Func<string, string> edit)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single(each => each.FilePath == path);
        string before = tree.ToString(), after = edit(before);
        Assert.NotEqual(before, after);
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(after)));
    }

    /// <summary>How sources are read.</summary>
    public static CSharpParseOptions ParseOptions(HostOptions options) =>
        new(options.Language, DocumentationMode.Diagnose);
}
