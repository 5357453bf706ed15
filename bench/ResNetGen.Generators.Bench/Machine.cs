using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis.CSharp;

namespace ResNetGen.Generators.Bench;

/// <summary>Where it was measured.</summary>
internal sealed record Machine(string Processor, int Threads, string System, string Runtime, string Roslyn, string Load)
{
    /// <summary>This machine.</summary>
    public static Machine Here { get; } = new(
        ProcessorName(), Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription,
        typeof(CSharpCompilation).Assembly.GetName().Version!.ToString(3), LoadAverage());

    /// <summary>What else the machine does: figures from one that is busy say little.</summary>
    private static string LoadAverage()
    {
        const string File = "/proc/loadavg";
        return global::System.IO.File.Exists(File) ? global::System.IO.File.ReadAllText(File).Split(' ')[0] : "unknown";
    }

    private static string ProcessorName()
    {
        const string File = "/proc/cpuinfo";
        string? line = global::System.IO.File.Exists(File)
            ? global::System.IO.File.ReadLines(File).FirstOrDefault(static each => each.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
