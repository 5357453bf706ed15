using System.Text.RegularExpressions;

namespace ResNetGen.Package.Tests;

/// <summary>Source in which <c>{|RNG0102:21|}</c> says which error is expected where.</summary>
internal static partial class Markup
{
    /// <summary>The source without the marks, and the errors as MSBuild begins their lines: <c>Mistakes.cs(5,22): error RNG0102</c>.</summary>
    public static (string Source, string[] Errors) Read(string file, string marked)
    {
        List<string> errors = [];
        string source = marked;
        for (Match mark = Mark().Match(source); mark.Success; mark = Mark().Match(source))
        {
            string before = source[..mark.Index];
            int line = before.Count(static letter => letter == '\n') + 1;
            int column = mark.Index - (before.LastIndexOf('\n') + 1) + 1;
            errors.Add($"{file}({line},{column}): error {mark.Groups["id"].Value}");
            source = before + mark.Groups["text"].Value + source[(mark.Index + mark.Length)..];
        }
        return (source, [.. errors.Order(StringComparer.Ordinal)]);
    }

    /// <summary>The errors in the output of a build, in the same form; each once, though a build repeats them at its end.</summary>
    public static string[] Errors(string output) =>
        [.. Error().Matches(output).Select(static match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{\|(?<id>\w+):(?<text>[^|]*)\|\}")]
    private static partial Regex Mark();

    [GeneratedRegex(@"[\w.]+\(\d+,\d+\): error \w+")]
    private static partial Regex Error();
}
