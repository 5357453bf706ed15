using System.Reflection;

namespace ResNetGen.Samples;

/// <summary>The command that goes on with a run, to be copied from the terminal as it is.</summary>
internal static class ResumeCommand
{
    /// <summary>Names the front door that started this process, such as "./build.sh train".</summary>
    public const string FrontDoor = "RESNETGEN_COMMAND";

    /// <summary>The same arguments again, with the folder spelled out and --resume.</summary>
    public static string For(IReadOnlyList<string> arguments, string output)
    {
        List<string> words = [.. Program(), .. arguments.Select(Quote)];
        if (!arguments.Any(static a => a == "--output" || a.StartsWith("--output=", StringComparison.Ordinal)))
        {
            words.Add("--output");
            words.Add(Quote(output));
        }

        if (!arguments.Contains("--resume"))
        {
            words.Add("--resume");
        }

        return string.Join(' ', words);
    }

    private static IEnumerable<string> Program()
    {
        if (Environment.GetEnvironmentVariable(FrontDoor) is { Length: > 0 } command)
        {
            return [command];
        }

        string path = Environment.ProcessPath ?? "dotnet";
        bool host = string.Equals(Path.GetFileNameWithoutExtension(path), "dotnet", StringComparison.OrdinalIgnoreCase);
        return host ? [Quote(path), Quote(Assembly.GetEntryAssembly()!.Location)] : [Quote(path)];
    }

    private static string Quote(string word) =>
        word.Length > 0 && word.All(static c => char.IsAsciiLetterOrDigit(c) || "-_./=:+,@%".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
