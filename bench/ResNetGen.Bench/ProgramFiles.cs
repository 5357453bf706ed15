using System.Globalization;
using System.Runtime.InteropServices;

namespace ResNetGen.Bench;

/// <summary>
/// Pages of program files that lay in this process's memory before <see cref="Native.Allocator.ReleaseFreed"/> let go of them and that nobody has needed
/// since: what the resident size would be larger by without.
/// </summary>
internal static class ProgramFiles
{
    private const ulong Present = 1UL << 63;

    private static long[]? s_before;

    /// <summary>Notes what is there; the first call counts.</summary>
    public static void NoteResident() => s_before ??= Resident();

    /// <summary>Bytes that were there then and are not now; 0 where nothing was noted.</summary>
    public static long GoneBytes
    {
        get
        {
            HashSet<long> now = [.. Resident()];
            return (s_before ?? []).Count(page => !now.Contains(page)) * (long)Environment.SystemPageSize;
        }
    }

    // Numbers of the pages of files that may not be written to. None where the kernel does not tell.
    private static long[] Resident()
    {
        try
        {
            using FileStream map = new("/proc/self/pagemap", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return [.. File.ReadAllLines("/proc/self/maps").Select(ReadOnlyFile).SelectMany(range => Resident(map, range.First, range.End))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // Of a line such as "7f00-7f08 r-xp 00000000 08:01 42 /usr/lib/libtorch_cpu.so": the first page and the one after the last; nothing for another line.
    private static (long First, long End) ReadOnlyFile(string line)
    {
        string[] words = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 6 || !words[5].StartsWith('/') || words[1][0] != 'r' || words[1][1] != '-') return default;
        long[] ends = [.. words[0].Split('-').Select(static end => long.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        return (ends[0] / Environment.SystemPageSize, ends[1] / Environment.SystemPageSize);
    }

    private static IEnumerable<long> Resident(FileStream map, long first, long end)
    {
        ulong[] words = new ulong[end - first];
        map.Position = first * sizeof(ulong);
        map.ReadExactly(MemoryMarshal.AsBytes(words.AsSpan()));
        return words.Select((word, i) => (Page: first + i, word)).Where(static each => (each.word & Present) != 0).Select(static each => each.Page);
    }
}
