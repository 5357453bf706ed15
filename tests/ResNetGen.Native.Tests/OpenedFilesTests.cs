using System.Globalization;
using System.Runtime.InteropServices;

namespace ResNetGen.Native.Tests;

/// <summary>What <see cref="Allocator.ReleaseFreed"/> lets go of program files: what nobody has changed, and nothing else.</summary>
public partial class OpenedFilesTests
{
    private const int Page = 4096;

    [Fact]
    public void PagesThatWereReadAreNoLongerResident()
    {
        if (!OperatingSystem.IsLinux()) return;
        Allocator.ReleaseFreed();
        (nint begin, nint end) = Mappings("libtorch_cpu").MaxBy(mapping => mapping.End - mapping.Begin);
        int bytes = (int)Math.Min(end - begin, 32 << 20);
        long without = FileBytes();
        int sum = Touch(begin, bytes);
        long with = FileBytes();
        Assert.InRange(with - without, bytes / 10 * 9, long.MaxValue);
        Allocator.ReleaseFreed();
        // Other threads may need a little of it meanwhile.
        Assert.InRange(FileBytes(), 0, with - (bytes / 10 * 8));
        Assert.Equal(sum, Touch(begin, bytes));
    }

    [Fact]
    public unsafe void APageThatSomebodyChangedStays()
    {
        if (!OperatingSystem.IsLinux()) return;
        // The last byte of what an ELF file begins with means nothing.
        const int Unused = 15, Read = 1, Write = 2;
        nint begin = Mappings("libresnetgen_native").Min(mapping => mapping.Begin);
        byte* at = (byte*)begin + Unused;
        byte before = *at;
        Assert.Equal(0, mprotect(begin, Environment.SystemPageSize, Read | Write));
        *at = 77;
        Allocator.ReleaseFreed();
        Assert.Equal(77, *at);
        *at = before;
        Assert.Equal(0, mprotect(begin, Environment.SystemPageSize, Read));
    }

    private static unsafe int Touch(nint begin, int bytes)
    {
        int sum = 0;
        for (int at = 0; at < bytes; at += Page) sum += ((byte*)begin)[at];
        return sum;
    }

    /// <summary>Stretches of a library's file that may be read and not written.</summary>
    private static IEnumerable<(nint Begin, nint End)> Mappings(string library) =>
        from line in File.ReadLines("/proc/self/maps")
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where words.Length == 6 && words[5].Contains(library, StringComparison.Ordinal) && words[1].StartsWith("r-", StringComparison.Ordinal)
        let ends = words[0].Split('-')
        select (nint.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), nint.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static long FileBytes() => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssFile:", StringComparison.Ordinal))[8..].Replace("kB", "", StringComparison.Ordinal).Trim(),
        CultureInfo.InvariantCulture);

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nint length, int protection);
}
