extern alias generators;

using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp;
using ResNetGen.Generators.Tests.Infrastructure;
using Descriptors = generators::ResNetGen.Generators.Diagnostics.Descriptors;
using FixableIds = generators::ResNetGen.Generators.Fixes.FixableIds;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>Every id has a descriptor, a release-tracking row, a help link and a page, and the page's examples are true.</summary>
public partial class DocumentationTests
{
    private const string Costs = "RNG0408";

    public static TheoryData<string> Ids => [.. Descriptors.All.Select(each => each.Id)];

    /// <summary>All but the one that says what is, and not what is wrong.</summary>
    public static TheoryData<string> Mistakes => [.. Descriptors.All.Select(each => each.Id).Where(each => each != Costs)];

    private static string Folder => Path.Combine(TestProject.RepositoryRoot, "docs", "diagnostics");

    [Fact]
    public void There_are_forty_and_more() => Assert.True(Descriptors.All.Length >= 40, $"found {Descriptors.All.Length}");

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_id_has_a_test_of_its_own_that_expects_its_message(string id) => Assert.Contains(
        Directory.EnumerateFiles(TestProject.Directory, "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not ("DocumentationTests.cs" or "StubTests.cs")),
        file => File.ReadAllText(file).Contains($"\"{id}\"", StringComparison.Ordinal));

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
    public void An_id_has_a_help_link_to_a_page_that_begins_with_its_title(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.All.Single(each => each.Id == id);
        Assert.Equal($"{Descriptors.HelpPages}{id}.md", descriptor.HelpLinkUri);
        Assert.EndsWith("docs/diagnostics/", Descriptors.HelpPages, StringComparison.Ordinal);
        string page = File.ReadAllText(Path.Combine(Folder, id + ".md"));
        string beginning = $"# {id}: {descriptor.Title}\n\nCategory {descriptor.Category}, {Severity(descriptor)}.{Fixes(id)}\n";
        Assert.True(page.StartsWith(beginning, StringComparison.Ordinal), $"The page of {id} should begin with\n{beginning}");
        Assert.Contains("\n## What it means\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Why\n", page, StringComparison.Ordinal);
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
            Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string index = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(Descriptors.All, each => Assert.Contains($"| [{each.Id}]({each.Id}.md) | {each.Title} |\n", index, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void The_wrong_example_gives_this_message_and_no_other(string id)
    {
        GeneratorRun run = Example(id, "Wrong");
        Assert.Contains(run.Diagnostics.Concat(run.Remarks), each => each.Id == id);
        Assert.All(run.Diagnostics, each => Assert.True(each.Id == id, run.Describe()));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void The_right_example_compiles_without_a_message(string id) =>
        Assert.DoesNotContain(Example(id, "Right").Clean().Remarks, each => each.Id == id);

    [Fact]
    public void The_example_of_what_a_network_costs_gives_the_message_that_the_page_shows()
    {
        Diagnostic facts = Assert.Single(Example(Costs, "Example").Clean().Remarks);
        string page = File.ReadAllText(Path.Combine(Folder, Costs + ".md"));
        Assert.True(page.Contains($"\n> {GeneratorRun.Message(facts)}\n", StringComparison.Ordinal), GeneratorRun.Message(facts));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Every_fix_of_the_wrong_example_ends_its_message(string id)
    {
        (string source, HostOptions options) = Source(id, "Wrong");
        using FixHost host = new(source, options);
        IReadOnlyList<Diagnostic> before = host.Diagnose();
        foreach (Diagnostic diagnostic in before)
        {
            foreach (CodeAction fix in host.Fixes(diagnostic))
            {
                GeneratorRun after = GeneratorHost.Run(host.Apply(fix), options);
                Assert.True(after.Diagnostics.Count < before.Count && after.Diagnostics.All(each => each.Id == id),
                    $"{fix.Title} leaves:\n{after.Describe()}");
            }
        }
    }

    [Fact]
    public void The_ids_that_may_carry_fixes_are_those_whose_examples_do() => Assert.Equal(
        FixableIds.All,
        Descriptors.All.Select(each => each.Id).Where(id => Fixes(id).Length > 0));

    private static string Severity(DiagnosticDescriptor descriptor) => descriptor.DefaultSeverity.ToString().ToLowerInvariant();

    /// <summary>What the page says of the code fixes: those of the first message of its wrong example.</summary>
    private static string Fixes(string id)
    {
        if (id == Costs)
            return "";
        (string source, HostOptions options) = Source(id, "Wrong");
        using FixHost host = new(source, options);
        string[] titles = [.. host.Fixes(host.Diagnose()[0]).Select(each => $"“{each.Title}”")];
        return titles.Length == 0 ? "" : $" Code fix: {string.Join(", ", titles)}.";
    }

    private static GeneratorRun Example(string id, string heading)
    {
        (string source, HostOptions options) = Source(id, heading);
        return GeneratorHost.Run(source, options);
    }

    private static (string Text, HostOptions Options) Source(string id, string heading)
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
        return (source, options);
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"<LangVersion>(.*?)</LangVersion>")]
    private static partial Regex Version();
}
