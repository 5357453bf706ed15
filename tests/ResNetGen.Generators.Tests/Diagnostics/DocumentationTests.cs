extern alias generators;

using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ResNetGen.Generators.Tests.Infrastructure;
using Descriptors = generators::ResNetGen.Generators.Diagnostics.Descriptors;
using DatasetAnalyzer = generators::ResNetGen.Generators.Diagnostics.DatasetAnalyzer;
using NetworkAnalyzer = generators::ResNetGen.Generators.Diagnostics.NetworkAnalyzer;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>Every id has a descriptor, a release-tracking row, a help link and a page, and the page's examples are true.</summary>
public partial class DocumentationTests
{
    public static TheoryData<string> Ids => [.. Descriptors.All.Select(each => each.Id)];

    private static string Folder => Path.Combine(Project.RepositoryRoot, "docs", "diagnostics");

    [Fact]
    public void Ids_are_unique_and_in_order() => Assert.Equal(
        Descriptors.All.Select(each => each.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        Descriptors.All.Select(each => each.Id));

    [Fact]
    public void Every_descriptor_is_reported_by_an_analyzer() => Assert.Equal(
        Descriptors.All.Select(each => each.Id),
        new NetworkAnalyzer().SupportedDiagnostics.Concat(new DatasetAnalyzer().SupportedDiagnostics)
            .Select(each => each.Id).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_id_has_a_help_link_to_a_page_that_begins_with_its_title(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.All.Single(each => each.Id == id);
        Assert.Equal($"{Descriptors.HelpPages}{id}.md", descriptor.HelpLinkUri);
        string page = File.ReadAllText(Path.Combine(Project.RepositoryRoot, descriptor.HelpLinkUri));
        Assert.StartsWith($"# {id}: {descriptor.Title}\n\nCategory {descriptor.Category}, error.\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## What it means\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Why\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_id_has_a_row_in_release_tracking(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.All.Single(each => each.Id == id);
        string generators = Path.Combine(Project.RepositoryRoot, "generators", "ResNetGen.Generators");
        string rows = File.ReadAllText(Path.Combine(generators, "AnalyzerReleases.Shipped.md"))
            + File.ReadAllText(Path.Combine(generators, "AnalyzerReleases.Unshipped.md"));
        Assert.Single(rows.Split('\n'), line => line.StartsWith($"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | ", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_page_belongs_to_an_id_and_is_in_the_index()
    {
        Assert.Equal(
            Descriptors.All.Select(each => each.Id + ".md").Append("README.md").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string index = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(Descriptors.All, each => Assert.Contains($"| [{each.Id}]({each.Id}.md) | {each.Title} |\n", index, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_wrong_example_gives_this_message_and_no_other(string id)
    {
        GeneratorRun run = Example(id, "Wrong");
        Assert.True(run.Diagnostics.Count > 0, $"{id}: the wrong example is right");
        Assert.All(run.Diagnostics, each => Assert.True(each.Id == id, run.Describe()));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_right_example_compiles_without_a_message(string id) => Example(id, "Right").Clean();

    private static GeneratorRun Example(string id, string heading)
    {
        string page = File.ReadAllText(Path.Combine(Folder, id + ".md"));
        Match example = Fence().Match(page, page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal));
        Assert.True(example.Success, $"{id}: no example under {heading}");
        string source = example.Groups["code"].Value;
        HostOptions options = new();
        if (Version().Match(source) is { Success: true } version)
        {
            Assert.True(LanguageVersionFacts.TryParse(version.Groups[1].Value, out LanguageVersion language));
            options = options with { Language = language };
        }
        return GeneratorHost.Run(source, options);
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"<LangVersion>(.*?)</LangVersion>")]
    private static partial Regex Version();
}
