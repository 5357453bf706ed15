using ResNetGen.Weights;

namespace ResNetGen.Tests.Hostile;

/// <summary>Files of TorchSharp's Module.save: no mark, no checksum, lengths everywhere.</summary>
internal static class TorchSharpFiles
{
    private static readonly byte[] s_most = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];

    public static IReadOnlyList<HostileFile> All { get; } =
    [
        File("empty.dat", [], "expected the number of its entries at byte 0, found the end"),
        File("no-entries.dat", [0], "expected 1 to 0 entries in 1 bytes, found 0"),
        File("text.dat", "<!DOCTYPE html><html><body>Not found"u8, "entries in 36 bytes, found 60"),
        File("many-entries.dat", [.. s_most, .. new byte[64]], "found 9,223,372,036,854,775,807"),
        File("endless-number.dat", [.. Enumerable.Repeat((byte)0xff, 64)], "has more than 63 bits"),
        File("no-name.dat", [1, 0, 6, 0, 0, 0, 0, 0], "expected a name of 1 to"),
        File("long-name.dat", [1, .. s_most, 1, 2, 3, 4], "found 9,223,372,036,854,775,807"),
        File("bad-name.dat", [1, 2, 0xc3, 0x28, 6, 0, 0, 0, 0, 0], "expected a name in UTF-8"),
        File("terminal-name.dat", [1, 4, 0x1b, .. "[2J"u8, 99, 0, 0, 0], "\"?[2J\" is of element type 99"),
        Entry("bad-type.dat", [8, 0], "is of element type 8"),
        Entry("huge-type.dat", [.. s_most, 0], "is of element type 9,223,372,036,854,775,807"),
        Entry("complex.dat", [9, 0, .. new byte[8]], "is of element type 9"),
        Entry("many-dimensions.dat", [6, 65, .. Enumerable.Repeat((byte)1, 65)], "has 65 dimensions; a tensor has at most 64"),
        Entry("huge-rank.dat", [6, .. s_most], "has 9,223,372,036,854,775,807 dimensions"),
        Entry("terabytes.dat", [6, 2, 0x80, 0x80, 0x40, 0x80, 0x80, 0x40, .. new byte[16]], "[1048576, 1048576] takes more than the 16 bytes that are left"),
        Entry("overflow.dat", [6, 3, .. s_most, .. s_most, .. s_most], "takes more than the 0 bytes that are left"),
        Entry("hidden-overflow.dat", [6, 3, .. s_most, .. s_most, 0], "takes more than the 0 bytes that are left"),
        Entry("short.dat", [6, 1, 2, 0, 0, 0, 0], "takes more than the 4 bytes that are left"),
        Entry("tail.dat", [6, 1, 1, 0, 0, 0, 0, 7], "1 bytes follow the last of its 1 entries"),
        File("twice.dat", [2, 1, (byte)'a', 6, 1, 0, 1, (byte)'a', 6, 1, 0], "entry \"a\" is there twice"),
        File("fewer.dat", [2, 1, (byte)'a', 6, 1, 1, 0, 0, 0, 0], "expected the length of a name at byte 10, found the end"),
    ];

    internal static void Read(string path)
    {
        using IWeightFile file = WeightFile.Open(path);
        foreach (WeightEntry entry in file.Entries)
            file.Read(entry.Name).Dispose();
    }

    private static HostileFile Entry(string name, ReadOnlySpan<byte> rest, string says) => File(name, [1, 1, (byte)'a', .. rest], says);

    private static HostileFile File(string name, ReadOnlySpan<byte> bytes, string says) =>
        new(name, bytes.ToArray(), Read, says, "TorchSharp");
}
