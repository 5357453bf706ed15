using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Tests.Infrastructure;

/// <summary>What came of compiling sources with the generator and the analyzers.</summary>
internal sealed class GeneratorRun(
    Compilation output, GeneratorDriver driver, GeneratorDriverRunResult result, ImmutableArray<Diagnostic> all)
{
    /// <summary>The project with what was generated.</summary>
    public Compilation Output { get; } = output;

    /// <summary>The driver after the run.</summary>
    public GeneratorDriver Driver { get; } = driver;

    /// <summary>What the generator did.</summary>
    public GeneratorDriverRunResult Result { get; } = result;

    /// <summary>The generated files, in ordinal order of their hint names.</summary>
    public IReadOnlyList<(string HintName, string Text)> Sources { get; } =
    [
        .. result.Results.SelectMany(each => each.GeneratedSources)
            .Select(each => (each.HintName, each.SourceText.ToString()))
            .OrderBy(each => each.HintName, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Every error and warning of the compiler, the generator and the analyzers, by place. A public type without
    /// documentation counts in generated code only.
    /// </summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } =
    [
        .. all.Where(each => each.Severity >= DiagnosticSeverity.Warning)
            .Where(each => each.Id != "CS1591" || each.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true)
            // What the generator says for a compiler that runs no analyzer, the analyzer says too.
            .DistinctBy(each => (each.Id, each.Location.GetLineSpan().Path, each.Location.SourceSpan))
            .OrderBy(each => each.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(each => each.Location.SourceSpan.Start)
            .ThenBy(each => each.Id, StringComparer.Ordinal),
    ];

    /// <summary>What our analyzers say without being asked to, which no build prints: the messages below a warning, by place.</summary>
    public IReadOnlyList<Diagnostic> Remarks { get; } =
    [
        .. all.Where(each => each.Severity < DiagnosticSeverity.Warning && each.Id.StartsWith("RNG", StringComparison.Ordinal))
            .OrderBy(each => each.Location.SourceSpan.Start),
    ];

    /// <summary>The only generated file.</summary>
    public string Source => Assert.Single(Sources).Text;

    /// <summary>Demands that nobody has anything to say.</summary>
    public GeneratorRun Clean()
    {
        Assert.True(Diagnostics.Count == 0, Describe());
        return this;
    }

    /// <summary>The messages and the generated files, for a test that fails.</summary>
    public string Describe() => string.Join("\n", [
        .. Diagnostics.Select(each => each.ToString()),
        .. Sources.Select(each => $"--- {each.HintName}\n{each.Text}"),
    ]);

    /// <summary>A message as the user reads it, in English.</summary>
    public static string Message(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);

    /// <summary>Compiles the project to an assembly in memory.</summary>
    public byte[] Emit()
    {
        using MemoryStream stream = new();
        Assert.True(Output.Emit(stream).Success, Describe());
        return stream.ToArray();
    }
}
