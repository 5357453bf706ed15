extern alias generators;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using ResNetGen.Generators.Tests.Infrastructure;
using Descriptors = generators::ResNetGen.Generators.Diagnostics.Descriptors;
using FixableIds = generators::ResNetGen.Generators.Fixes.FixableIds;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>What the pages of docs/diagnostics say is what compiler, analyzers and code fixes do with their examples.</summary>
public class PageTests
{
    public static TheoryData<string> Ids => [.. Descriptors.All.Select(each => each.Id)];

    /// <summary>All but the one that says what is, and not what is wrong.</summary>
    public static TheoryData<string> Mistakes => [.. Descriptors.All.Select(each => each.Id).Where(each => each != DiagnosticPage.Facts)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_wrong_example_gives_the_messages_that_the_page_shows_and_no_other(string id)
    {
        DiagnosticPage page = new(id);
        GeneratorRun run = GeneratorHost.Run(page.Wrong.Text, page.Wrong.Options);
        Assert.All(run.Diagnostics, each => Assert.True(each.Id == id, run.Describe()));
        Diagnostic[] messages = [.. run.Diagnostics.Concat(run.Remarks).Where(each => each.Id == id)];
        Assert.NotEmpty(messages);

        string expected = page.Expected(messages);
        page.Update(expected);
        Assert.True(expected == new DiagnosticPage(id).Text,
            $"docs/diagnostics/{id}.md does not say what the code does. Where the code is right, run the tests once with RESNETGEN_UPDATE_PAGES=1. Expected:\n{expected}");
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void The_right_example_compiles_without_a_message(string id)
    {
        DiagnosticPage page = new(id);
        Assert.DoesNotContain(GeneratorHost.Run(page.Right.Text, page.Right.Options).Clean().Remarks, each => each.Id == id);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Every_fix_of_the_wrong_example_ends_its_message(string id)
    {
        (string source, HostOptions options) = new DiagnosticPage(id).Wrong;
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
        Descriptors.All.Select(each => each.Id).Where(id => new DiagnosticPage(id).Fixes.Count > 0));
}
