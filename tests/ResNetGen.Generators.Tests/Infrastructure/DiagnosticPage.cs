extern alias generators;

using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Descriptors = generators::ResNetGen.Generators.Diagnostics.Descriptors;

namespace ResNetGen.Generators.Tests.Infrastructure;

/// <summary>
/// A page of docs/diagnostics: its examples, and what it says of them, which is what the compiler says. People write the
/// rest; these parts are written by the tests where <c>RESNETGEN_UPDATE_PAGES=1</c>.
/// </summary>
internal sealed partial class DiagnosticPage
{
    /// <summary>The one id that says what is, and not what is wrong: its page has an example and nothing wrong or right.</summary>
    public const string Facts = "RNG0408";

    private readonly DiagnosticDescriptor descriptor;

    /// <summary>Reads the page of an id.</summary>
    public DiagnosticPage(string id)
    {
        descriptor = Descriptors.All.Single(each => each.Id == id);
        Text = File.ReadAllText(Path.Combine(Folder, id + ".md"));
    }

    /// <summary>Where the pages are.</summary>
    public static string Folder => Path.Combine(TestProject.RepositoryRoot, "docs", "diagnostics");

    /// <summary>The page as it is.</summary>
    public string Text { get; }

    /// <summary>The source that gives the message.</summary>
    public (string Text, HostOptions Options) Wrong => Source(descriptor.Id == Facts ? "Example" : "Wrong");

    /// <summary>The source that does not.</summary>
    public (string Text, HostOptions Options) Right => Source("Right");

    /// <summary>The titles of the fixes of the first message.</summary>
    public IReadOnlyList<string> Fixes
    {
        get
        {
            using FixHost host = new(Wrong.Text, Wrong.Options);
            return descriptor.Id == Facts ? [] : [.. host.Fixes(host.Diagnose()[0]).Select(each => each.Title)];
        }
    }

    /// <summary>The page as it should be: title, severity, fixes and messages from the code, the rest as it is.</summary>
    public string Expected(IEnumerable<Diagnostic> messages)
    {
        string fixes = Fixes.Count == 0 ? "" : $" Code fix: {string.Join(", ", Fixes.Select(each => $"“{each}”"))}.";
        string beginning = $"# {descriptor.Id}: {descriptor.Title}\n\nCategory {descriptor.Category}, {Severity}.{fixes}\n\n## What it means\n";
        string rest = Text[(Text.IndexOf("## What it means\n", StringComparison.Ordinal) + "## What it means\n".Length)..];
        string section = $"## Message\n\n```text\n{string.Join("\n", messages.Select(Describe))}\n```\n\n";
        rest = Message().Replace(rest, "");
        // After the example that gives it.
        int end = Fence().Match(rest, rest.IndexOf($"## {(descriptor.Id == Facts ? "Example" : "Wrong")}\n", StringComparison.Ordinal)) is var fence
            ? fence.Index + fence.Length + 2 : 0;
        return beginning + rest.Insert(end, section);
    }

    /// <summary>Writes the page where that is wanted.</summary>
    public void Update(string expected)
    {
        if (Environment.GetEnvironmentVariable("RESNETGEN_UPDATE_PAGES") == "1")
            File.WriteAllText(Path.Combine(Folder, descriptor.Id + ".md"), expected);
    }

    private string Severity => descriptor.DefaultSeverity.ToString().ToLowerInvariant();

    private string Describe(Diagnostic diagnostic) => string.Join("\n",
    [
        $"{Severity} {diagnostic.Id}: {GeneratorRun.Message(diagnostic)}",
        $"  on   {Code(diagnostic.Location)}",
        .. diagnostic.AdditionalLocations.Select(each => $"  also {Code(each)}"),
    ]);

    // The first line is enough to see where a squiggle is.
    private static string Code(Location location)
    {
        string[] lines = location.SourceTree!.GetText().ToString(location.SourceSpan).Split('\n');
        return lines.Length == 1 ? lines[0] : lines[0] + " …";
    }

    private (string Text, HostOptions Options) Source(string heading)
    {
        Match example = Fence().Match(Text, Text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal));
        Assert.True(example.Success, $"{descriptor.Id}: no example under {heading}");
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

    [GeneratedRegex(@"## Message\n\n```text\n.*?\n```\n\n", RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex(@"<LangVersion>(.*?)</LangVersion>")]
    private static partial Regex Version();
}
