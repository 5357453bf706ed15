using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ResNetGen.Generators.Bench;

/// <summary>A user's project in memory: one file a network, and one that has nothing to do with networks.</summary>
internal static class UserProject
{
    private const string Unrelated = "Unrelated.cs";
    private static readonly CSharpParseOptions Parse = CSharpParseOptions.Default;

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Measured",
        references: ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => IsReferenced(Path.GetFileNameWithoutExtension(path)))
            .Select(static path => MetadataReference.CreateFromFile(path)),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>A project of a number of networks, of one family or of all in turn.</summary>
    public static CSharpCompilation Of(int networks, string? family = null) =>
        OfFiles(Enumerable.Range(0, networks).Select(number => (Name(number), Mix.File(number, family: family))));

    /// <summary>A project of these files.</summary>
    public static CSharpCompilation OfFiles(IEnumerable<(string Path, string Text)> files) => Empty.AddSyntaxTrees(
        files.Append((Path: Unrelated, Text: "class Unrelated { int Answer() => 41; }"))
            .Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text), Parse, file.Path)));

    /// <summary>The same sources as a compilation that has bound nothing yet.</summary>
    public static CSharpCompilation Fresh(CSharpCompilation project) => Empty.AddSyntaxTrees(project.SyntaxTrees);

    /// <summary>Somebody has typed in the file that has nothing to do with networks.</summary>
    public static CSharpCompilation EditUnrelated(CSharpCompilation project, int turn) =>
        Replace(project, Unrelated, $"class Unrelated {{ int Answer() => {turn}; }}");

    /// <summary>Somebody has typed in a member of their own, in the class of a network.</summary>
    public static CSharpCompilation EditBody(CSharpCompilation project, int turn) =>
        Replace(project, Name(0), Mix.File(0, body: $"int Answer() => {turn};"));

    /// <summary>Somebody has changed the attribute of one network.</summary>
    public static CSharpCompilation EditNetwork(CSharpCompilation project, int turn) =>
        Replace(project, Name(0), Mix.File(0, classes: 11 + turn));

    private static CSharpCompilation Replace(CSharpCompilation project, string path, string text)
    {
        SyntaxTree tree = project.SyntaxTrees.Single(each => each.FilePath == path);
        return project.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text)));
    }

    private static string Name(int number) => $"Net{number}.cs";

    private static bool IsReferenced(string assembly) =>
        assembly is "netstandard" or "mscorlib" or "ResNetGen" or "ResNetGen.LibTorch" or "ResNetGen.Native" or "TorchSharp"
        || assembly.StartsWith("System.", StringComparison.Ordinal);
}
