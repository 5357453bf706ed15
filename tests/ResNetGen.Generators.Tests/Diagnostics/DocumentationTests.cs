extern alias generators;

using Microsoft.CodeAnalysis;
using ResNetGen.Generators.Tests.Infrastructure;
using Descriptors = generators::ResNetGen.Generators.Diagnostics.Descriptors;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>Every id has a descriptor, an analyzer, a release-tracking row, a help link and a page in the index.</summary>
public class DocumentationTests
{
    public static TheoryData<string> Ids => PageTests.Ids;

    [Fact]
    public void There_are_forty_and_more() => Assert.True(Descriptors.All.Length >= 40, $"found {Descriptors.All.Length}");

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_id_has_a_test_beside_its_page(string id) => Assert.Contains(
        Directory.EnumerateFiles(TestProject.Directory, "*Tests.cs", SearchOption.AllDirectories),
        file => Path.GetFileName(file) != "StubTests.cs" && File.ReadAllText(file).Contains($"\"{id}\"", StringComparison.Ordinal));

    [Fact]
    public void Ids_are_unique_and_in_order() => Assert.Equal(
        Descriptors.All.Select(each => each.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        Descriptors.All.Select(each => each.Id));

    [Fact]
    public void Every_descriptor_is_reported_by_an_analyzer() => Assert.Equal(
        Descriptors.All.Select(each => each.Id),
        GeneratorHost.Analyzers.SelectMany(each => each.SupportedDiagnostics)
            .Select(each => each.Id).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_id_has_a_help_link_to_its_page_and_the_page_says_why(string id)
    {
        Assert.Equal($"{Descriptors.HelpPages}{id}.md", Descriptors.All.Single(each => each.Id == id).HelpLinkUri);
        Assert.EndsWith("docs/diagnostics/", Descriptors.HelpPages, StringComparison.Ordinal);
        Assert.Contains("\n## Why\n", new DiagnosticPage(id).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_id_has_a_row_in_release_tracking(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.All.Single(each => each.Id == id);
        string generators = Path.Combine(TestProject.RepositoryRoot, "generators", "ResNetGen.Generators");
        string rows = File.ReadAllText(Path.Combine(generators, "AnalyzerReleases.Shipped.md"))
            + File.ReadAllText(Path.Combine(generators, "AnalyzerReleases.Unshipped.md"));
        Assert.Single(rows.Split('\n'), line => line.StartsWith($"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | ", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_page_belongs_to_an_id_and_is_in_the_index()
    {
        Assert.Equal(
            Descriptors.All.Select(each => each.Id + ".md").Append("README.md").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(DiagnosticPage.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string index = File.ReadAllText(Path.Combine(DiagnosticPage.Folder, "README.md"));
        Assert.All(Descriptors.All, each => Assert.Contains($"| [{each.Id}]({each.Id}.md) | {each.Title} |\n", index, StringComparison.Ordinal));
    }
}
