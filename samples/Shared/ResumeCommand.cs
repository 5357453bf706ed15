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
        List<string> words = [Program(), .. arguments.Select(Quote)];
        if (!NamesOutput(arguments))
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

    /// <summary>Whether a command line says where its run goes.</summary>
    public static bool NamesOutput(IEnumerable<string> arguments) =>
        arguments.Any(static a => a == "--output" || a.StartsWith("--output=", StringComparison.Ordinal));

    /// <summary>How this program was started, without its arguments.</summary>
    public static string Program()
    {
        if (Environment.GetEnvironmentVariable(FrontDoor) is { Length: > 0 } command)
        {
            return command;
        }

        string path = Environment.ProcessPath ?? "dotnet";
        return IsHost(path) ? Quote(path) + " " + Quote(Assembly.GetEntryAssembly()!.Location) : Quote(path);
    }

    /// <summary>Whether a process is dotnet with an assembly, and not a program by itself.</summary>
    public static bool IsHost(string path) => string.Equals(Path.GetFileNameWithoutExtension(path), "dotnet", StringComparison.OrdinalIgnoreCase);

    private static string Quote(string word) =>
        word.Length > 0 && word.All(static c => char.IsAsciiLetterOrDigit(c) || "-_./=:+,@%".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
