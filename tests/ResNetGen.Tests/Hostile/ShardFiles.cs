using System.Formats.Tar;
using System.Text;
using ResNetGen.Architecture;
using ResNetGen.Data;
using ResNetGen.Tests.Data;

namespace ResNetGen.Tests.Hostile;

/// <summary>Tar shards whose sizes lie, that end too early, or whose labels are missing or none.</summary>
internal static class ShardFiles
{
    private static readonly byte[] One = [1];

    public static IReadOnlyList<HostileFile> All { get; } =
    [
        Shard("empty.tar", static path => File.WriteAllBytes(path, []), "is empty (0 bytes)"),
        Shard("text.tar", static path => File.WriteAllText(path, new string('x', 2000)), "is no tar header"),
        Shard("compressed.tar", static path => File.WriteAllBytes(path, [0x1F, 0x8B, .. new byte[1000]]), "is compressed (gzip)"),
        Shard("cut-in-header.tar", static path => Cut(path, 1536 + 300), "cut off after 1,836 bytes"),
        Shard("cut-between-files.tar", static path => Cut(path, 2560), "cut off after 2,560 bytes: it has no end"),
        Shard("cut-in-padding.tar", static path => Cut(path, 2048 + 1), "cut off after 2,049 bytes: it has no end"),
        Shard("cut-in-picture.tar", static path => Cut(path, 512 + 100), "a.jpg", "claims 1,000 bytes, but the archive ends after 612"),
        Shard("size-of-exabytes.tar", static path => Sized(path, [0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]), "but the archive ends"),
        Shard("size-negative.tar", static path => Sized(path, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]), "no number from 0 up"),
        Shard("size-no-octal.tar", static path => Sized(path, "99999999999\0"u8), "no number from 0 up"),
        Shard("long-name-of-gigabytes.tar", static path => Sized(path, "17777777777\0"u8, 'L'), "header of 2,147,483,647 bytes"),
        Shard("pax-broken.tar", static path => Pax(path, "9999 path=x\n"), "PAX header with a broken record"),
        Shard("pax-size.tar", static path => Pax(path, "19 size=9000000000\n"), "claims 9,000,000,000 bytes"),
        Shard("pax-size-none.tar", static path => Pax(path, "12 size=-10\n"), "is no number"),
        Shard("no-label.tar", static path => ShardSplitTests.Write(path, TarEntryFormat.Pax, ("a.jpg", One), ("b.cls", "1"u8.ToArray())), "\"a.jpg\" has no label"),
        Shard("label-out-of-range.tar", static path => ShardSplitTests.Write(path, TarEntryFormat.Pax, ("a.jpg", One), ("a.cls", "3"u8.ToArray())), "the label \"3\"; expected a number from 0 to 2"),
        Shard("label-negative.tar", static path => ShardSplitTests.Write(path, TarEntryFormat.Pax, ("a.jpg", One), ("a.cls", "-1"u8.ToArray())), "the label \"-1\""),
        Shard("label-of-megabytes.tar", static path => ShardSplitTests.Write(path, TarEntryFormat.Pax, ("a.jpg", One), ("a.cls", new byte[1 << 20])), "has 1,048,576 bytes; expected at most 65,536"),
        Shard("label-no-json.tar", static path => ShardSplitTests.Write(path, TarEntryFormat.Pax, ("a.jpg", One), ("a.json", "{\"label\": "u8.ToArray())), "is no JSON"),
        Shard("label-half-a-surrogate.tar", static path => ShardSplitTests.Write(path, TarEntryFormat.Pax, ("a.jpg", One), ("a.json", """{"label": "\ud800"}"""u8.ToArray())), "is no JSON"),
        Shard("label-no-utf8.tar", static path => ShardSplitTests.Write(path, TarEntryFormat.Pax, ("a.jpg", One), ("a.json", [.. """{"label": "1"""u8, 0xFF, .. "\"}"u8])), "is no JSON"),
        Shard("no-pictures.tar", static path => ShardSplitTests.Write(path, TarEntryFormat.Pax, ("a.cls", "1"u8.ToArray())), "hold no pictures"),
        Shard("picture-of-text.tar", static path => ShardSplitTests.Write(path, TarEntryFormat.Pax, ("../../a.jpg", "hello"u8.ToArray()), ("../../a.cls", "1"u8.ToArray())), "../../a.jpg is text (\"hello\")"),
    ];

    private static HostileFile Shard(string name, Action<string> make, params string[] says) => new(
        name,
        make,
        static path =>
        {
            ShardSplit split = ShardSplit.Open("train", path, new Shape(3, 24, 24), 3);
            BatchLoaderOptions options = BatchLoaderOptions.ForEvaluation(1, Geometry.CentreCrop(24));
            new BatchRenderer(split, Normalization.Measure(NormalizationKind.ImageNet, split), options).Render(0, 0, new float[1728], new long[1]);
        },
        says);

    private static void Cut(string path, int length)
    {
        ShardSplitTests.Write(path, TarEntryFormat.Ustar, ("a.jpg", new byte[1000]), ("a.cls", "1"u8.ToArray()));
        using FileStream file = new(path, FileMode.Open);
        file.SetLength(length);
    }

    private static void Sized(string path, ReadOnlySpan<byte> size, char kind = '0')
    {
        byte[] block = Header("a.jpg", kind);
        size.CopyTo(block.AsSpan(124));
        File.WriteAllBytes(path, [.. Summed(block), .. new byte[1024]]);
    }

    private static void Pax(string path, string records)
    {
        byte[] block = Header("pax", 'x');
        Encoding.ASCII.GetBytes(Convert.ToString(records.Length, 8).PadLeft(11, '0')).CopyTo(block, 124);
        byte[] content = new byte[512];
        Encoding.ASCII.GetBytes(records).CopyTo(content, 0);
        File.WriteAllBytes(path, [.. Summed(block), .. content, .. Summed(Header("a.jpg", '0')), .. new byte[1024]]);
    }

    private static byte[] Header(string name, char kind)
    {
        byte[] block = new byte[512];
        Encoding.ASCII.GetBytes(name).CopyTo(block, 0);
        "00000000000"u8.CopyTo(block.AsSpan(124));
        block[156] = (byte)kind;
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        return block;
    }

    private static byte[] Summed(byte[] block)
    {
        block.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(block.Sum(static value => value), 8).PadLeft(6, '0')).CopyTo(block, 148);
        block[154] = 0;
        return block;
    }
}
