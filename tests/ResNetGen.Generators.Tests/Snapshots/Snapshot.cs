using System.Runtime.CompilerServices;
using DiffEngine;
using Microsoft.CodeAnalysis;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Snapshots;

/// <summary>
/// Compares what was generated with files beside the test, with Verify's file names and layout to the letter, so that
/// Verify.SourceGenerators can take its place.
/// </summary>
/// <remarks>
/// <c>{Type}.{Method}{_parameter=value}#{hint}.verified.cs</c>; a mismatch leaves <c>.received.cs</c> beside it and opens a
/// diff tool, except on a build server. To accept, move received over verified.
/// </remarks>
internal static class Snapshot
{
    /// <summary>Compares every generated file of a run.</summary>
    /// <param name="test">The test class's instance (<c>this</c>).</param>
    /// <param name="run">What was generated.</param>
    /// <param name="parameters">The test's parameters, where it has any: names and values.</param>
    /// <param name="file">The test's source file: snapshots lie beside it.</param>
    /// <param name="method">The test's method.</param>
    public static void Verify(
        object test,
        GeneratorRun run,
        (string Name, object Value)[]? parameters = null,
        [CallerFilePath] string file = "",
        [CallerMemberName] string method = "")
    {
        // Our generator reports nothing: Verify would write what it reports to one more file, {prefix}.verified.txt.
        Assert.Empty(run.Result.Diagnostics);
        string prefix = SnapshotNames.Prefix(test.GetType(), method, parameters ?? []);
        SnapshotTarget[] targets =
        [
            .. run.Result.Results.SelectMany(each => each.GeneratedSources).Select(Target),
        ];
        new SnapshotFolder(TestProject.FolderOf(file), Launch).Verify(prefix, targets);
    }

    // Verify.SourceGenerators: the hint on the first line, and the hint without folder and extension in the file's name.
    private static SnapshotTarget Target(GeneratedSourceResult source) => new(
        Path.GetFileNameWithoutExtension(source.SyntaxTree.FilePath),
        "cs",
        $"//HintName: {source.HintName}\n{source.SourceText}");

    private static void Launch(string received, string verified)
    {
        if (!BuildServerDetector.Detected)
            DiffRunner.Launch(received, verified);
    }
}
