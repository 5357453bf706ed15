using System.Globalization;
using System.Runtime.InteropServices;

namespace ResNetGen.Training;

/// <summary>The machine in words, for a run's settings: what speeds are compared with. It names neither host nor user.</summary>
internal static class MachineText
{
    public static string Now() => string.Create(CultureInfo.InvariantCulture,
        $"{Processor() ?? RuntimeInformation.OSArchitecture.ToString()}, {Environment.ProcessorCount} processor{(Environment.ProcessorCount == 1 ? "" : "s")}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    /// <summary>The processor's name on Linux; null where it does not say.</summary>
    private static string? Processor()
    {
        const string Information = "/proc/cpuinfo";
        try
        {
            return File.Exists(Information)
                ? File.ReadLines(Information).Where(static line => line.StartsWith("model name", StringComparison.Ordinal))
                    .Select(static line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()).FirstOrDefault(static name => name.Length > 0)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
