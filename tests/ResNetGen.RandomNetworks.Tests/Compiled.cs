extern alias generators;

using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ResNetGen.RandomNetworks.Tests.Draws;
using generators::ResNetGen.Generators;
using generators::ResNetGen.Generators.Diagnostics;

namespace ResNetGen.RandomNetworks.Tests;

/// <summary>Many drawn classes in one compilation, as in a user's project, loaded once.</summary>
internal sealed class Compiled
{
    private const string Usings = """
        global using ResNetGen;
        global using ResNetGen.Modules;
        global using TorchSharp.Modules;
        """;

    private readonly Dictionary<string, List<Diagnostic>> _said = [];

    private Compiled(IReadOnlyList<Draw> draws, Compilation output, IEnumerable<Diagnostic> said, Assembly assembly)
    {
        Draws = draws;
        Assembly = assembly;
        foreach (Diagnostic each in said.Where(each => each.Severity == DiagnosticSeverity.Error))
        {
            string name = Path.GetFileNameWithoutExtension(each.Location.SourceTree!.FilePath);
            if (!_said.TryGetValue(name, out List<Diagnostic>? list))
                _said[name] = list = [];

            list.Add(each);
        }

        Generated = output.SyntaxTrees.ToLookup(tree => Path.GetFileName(tree.FilePath), tree => tree.ToString());
    }

    /// <summary>What was compiled.</summary>
    public IReadOnlyList<Draw> Draws { get; }

    /// <summary>The assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>The generated files by name.</summary>
    public ILookup<string, string> Generated { get; }

    /// <summary>The errors that our analyzers report for a class.</summary>
    public IReadOnlyList<string> SaidOf(Draw draw) =>
        [.. _said.GetValueOrDefault(draw.Name, []).Select(each => $"{each.Id}: {each.GetMessage(CultureInfo.InvariantCulture)}")];

    /// <summary>
    /// Compiles and loads. A generator that throws and a file that does not compile fail right here: on a mistake the generator
    /// prints a stub, so that the only errors are our own messages.
    /// </summary>
    public static Compiled From(IReadOnlyList<Draw> draws)
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Diagnose);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "RandomNetworks",
            draws.Select(draw => CSharpSyntaxTree.ParseText(draw.Source, parse, draw.Name + ".cs"))
                .Append(CSharpSyntaxTree.ParseText(Usings, parse, "Usings.cs")),
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: parse);
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        Assert.All(driver.GetRunResult().Results, result => Assert.True(result.Exception is null, $"The generator threw {result.Exception}"));

        using MemoryStream stream = new();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = output.Emit(stream);
        if (!emitted.Success)
            Assert.Fail(Describe(emitted.Diagnostics, draws, output));

        IEnumerable<Diagnostic> said = output
            .WithAnalyzers([new NetworkAnalyzer()])
            .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return new Compiled(draws, output, said, Assembly.Load(stream.ToArray()));
    }

    private static string Describe(IEnumerable<Diagnostic> diagnostics, IReadOnlyList<Draw> draws, Compilation output)
    {
        Diagnostic first = diagnostics.First(each => each.Severity == DiagnosticSeverity.Error);
        string file = Path.GetFileName(first.Location.SourceTree!.FilePath);
        Draw? draw = draws.FirstOrDefault(each => file == each.Name + ".cs" || file == each.Name + ".g.cs");
        string generated = output.SyntaxTrees.FirstOrDefault(tree => Path.GetFileName(tree.FilePath) == draw?.Name + ".g.cs")?.ToString() ?? "";
        return $"The compiler refuses {file}: {first}\n{draw?.Source}\n{generated}";
    }

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileNameWithoutExtension(path) is var name
            && (name is "netstandard" or "ResNetGen" or "ResNetGen.LibTorch" or "ResNetGen.Native" or "TorchSharp"
                || name.StartsWith("System.", StringComparison.Ordinal)))
        .Select(path => MetadataReference.CreateFromFile(path));
}
