using System.Text.RegularExpressions;

namespace ResNetGen.LibTorch.Tests.Surface;

/// <summary>As much of C++ as it takes to find the exported functions of our native libraries and what guards them.</summary>
internal static partial class NativeSource
{
    /// <summary>An exported function, or the macro that writes some: its name, what precedes the body, and the body.</summary>
    internal sealed record Export(string Name, string Head, string Body)
    {
        /// <summary>Whether no exception can leave: the function says so itself, or makes no call outside of a guard.</summary>
        internal bool IsGuarded => Head.TrimEnd().EndsWith("noexcept", StringComparison.Ordinal) || !Work().IsMatch(WithoutGuards(Body));
    }

    internal static IEnumerable<Export> Exports(string source)
    {
        var text = Plain(source);
        foreach (Match match in Declaration().Matches(text))
        {
            var open = match.Index + match.Length - 1;
            yield return new(match.Groups["name"].Value, match.Groups["head"].Value, text[(open + 1)..Closing(text, open, '{', '}')]);
        }
    }

    /// <summary>What would be exported past the two macros.</summary>
    internal static bool ExportsOtherwise(string source) => Plain(source).Contains("extern \"\"", StringComparison.Ordinal);

    // Without comments, the contents of literals, and the definitions of the two macros themselves.
    private static string Plain(string source)
        => MacroDefinition().Replace(Noise().Replace(source, match => match.Value[0] switch { '"' => "\"\"", '\'' => "''", _ => " " }), "");

    private static string WithoutGuards(string body)
    {
        for (var guard = Guard().Match(body); guard.Success; guard = Guard().Match(body))
        {
            var end = Closing(body, guard.Index + guard.Length - 1, '(', ')');
            body = body[..guard.Index] + body[(end + 1)..];
        }
        return body;
    }

    private static int Closing(string text, int open, char opening, char closing)
    {
        for (int at = open, depth = 0; at < text.Length; at++)
        {
            if (text[at] == opening) depth++;
            if (text[at] == closing && --depth == 0) return at;
        }
        throw new FormatException($"'{opening}' without '{closing}' in: {text[open..Math.Min(text.Length, open + 100)]}");
    }

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|(?<![0-9])'(?:\\.|[^'\\\n])'""", RegexOptions.Singleline)]
    private static partial Regex Noise();

    [GeneratedRegex(@"^#define (?:RT_API|RN_EXPORT)\b[^\n]*", RegexOptions.Multiline)]
    private static partial Regex MacroDefinition();

    [GeneratedRegex(@"\b(?:RT_API|RN_EXPORT)\b(?<head>[^{;]*?\b(?<name>r[tn]_[\w#]*)\s*\([^{;]*)\{")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b(?:rt::tensor|rt::status|(?:resnetgen::)?guarded(?:<[^<>]*>)?)\s*\(")]
    private static partial Regex Guard();

    [GeneratedRegex(@"\(|\bnew\b|\bdelete\b|\bthrow\b")]
    private static partial Regex Work();
}
