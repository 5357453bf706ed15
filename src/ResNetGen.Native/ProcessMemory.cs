using System.Diagnostics;
using System.Globalization;

namespace ResNetGen.Native;

/// <summary>How much memory this process holds.</summary>
public static class ProcessMemory
{
    /// <summary>The largest resident size so far, in bytes.</summary>
    public static long PeakResidentBytes => Read("VmHWM:") ?? Process.GetCurrentProcess().PeakWorkingSet64;

    /// <summary>The resident size now, in bytes.</summary>
    public static long ResidentBytes => Read("VmRSS:") ?? Environment.WorkingSet;

    // Process.PeakWorkingSet64 is 0 on some kernels; /proc has the figure itself, in kB.
    private static long? Read(string field)
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status)) return null;
        foreach (string line in File.ReadLines(Status))
        {
            if (!line.StartsWith(field, StringComparison.Ordinal)) continue;
            string number = line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
            return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes) ? kilobytes * 1024 : null;
        }
        return null;
    }
}
