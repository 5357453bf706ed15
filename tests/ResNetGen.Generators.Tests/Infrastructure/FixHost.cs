extern alias codefixes;

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using codefixes::ResNetGen.CodeFixes;

namespace ResNetGen.Generators.Tests.Infrastructure;

/// <summary>A project in a workspace, as an editor has it: what our analyzers say of it, and what the fixes make of it.</summary>
internal sealed class FixHost : IDisposable
{
    private static readonly NetworkCodeFixProvider Provider = new();

    private readonly AdhocWorkspace workspace = new();
    private readonly HostOptions options;

    /// <summary>Opens a project of several sources.</summary>
    public FixHost(IReadOnlyList<(string Path, string Text)> sources, HostOptions? options = null)
    {
        this.options = options ?? new HostOptions();
        ProjectInfo info = ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Tested", "Tested", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: GeneratorHost.ParseOptions(this.options),
            metadataReferences: [.. References.All, .. this.options.References]);
        Microsoft.CodeAnalysis.Project project = workspace.AddProject(info);
        foreach ((string path, string text) in this.options.Usings ? [.. sources, ("Usings.cs", GeneratorHost.Usings)] : sources)
            project = project.AddDocument(path, SourceText.From(text), filePath: path).Project;
        Project = project;
    }

    /// <summary>Opens a project of one source.</summary>
    public FixHost(string source, HostOptions? options = null)
        : this([(GeneratorHost.TestFile, source)], options)
    {
    }

    private Microsoft.CodeAnalysis.Project Project { get; }

    /// <summary>What our analyzers say, by place, except what a network costs: there is nothing to fix.</summary>
    public IReadOnlyList<Diagnostic> Diagnose()
    {
        Compilation compilation = Project.GetCompilationAsync().GetAwaiter().GetResult()!;
        GeneratorHost.Driver(options).RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return [.. GeneratorHost.Analyze(output).Where(each => each.Id != "RNG0408").OrderBy(each => each.Location.SourceSpan.Start).ThenBy(each => each.Id, StringComparer.Ordinal)];
    }

    /// <summary>The fixes for a message, the best first.</summary>
    public IReadOnlyList<CodeAction> Fixes(Diagnostic diagnostic)
    {
        List<CodeAction> actions = [];
        Document document = Project.Solution.GetDocument(diagnostic.Location.SourceTree)!;
        CodeFixContext context = new(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None);
        Provider.RegisterCodeFixesAsync(context).GetAwaiter().GetResult();
        return actions;
    }

    /// <summary>The sources after a fix.</summary>
    public IReadOnlyList<(string Path, string Text)> Apply(CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = action.GetOperationsAsync(CancellationToken.None).GetAwaiter().GetResult();
        return Sources(Assert.IsType<ApplyChangesOperation>(Assert.Single(operations)).ChangedSolution);
    }

    /// <summary>The sources after the same answer was given to every message of an id.</summary>
    public IReadOnlyList<(string Path, string Text)> ApplyToAll(string id, string equivalenceKey)
    {
        FixAllContext context = new(
            Project.Documents.First(), Provider, FixAllScope.Project, equivalenceKey, [id],
            new Known(this, Diagnose()), CancellationToken.None);
        return Apply(Provider.GetFixAllProvider().GetFixAsync(context).GetAwaiter().GetResult()!);
    }

    /// <inheritdoc />
    public void Dispose() => workspace.Dispose();

    private IReadOnlyList<(string Path, string Text)> Sources(Solution solution) =>
    [
        .. solution.GetProject(Project.Id)!.Documents.Where(each => each.Name != "Usings.cs")
            .Select(each => (each.Name, each.GetTextAsync().GetAwaiter().GetResult().ToString())),
    ];

    private sealed class Known(FixHost host, IReadOnlyList<Diagnostic> all) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Microsoft.CodeAnalysis.Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(all);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult(all.Where(each => host.Project.Solution.GetDocument(each.Location.SourceTree)?.Id == document.Id));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Microsoft.CodeAnalysis.Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
