using System.Buffers.Binary;
using ResNetGen.Architecture;
using ResNetGen.Data;
using ResNetGen.Tests.Data;

namespace ResNetGen.Tests.Hostile;

/// <summary>Pictures that claim more than they hold, end too early, or are no pictures.</summary>
internal static class PictureFiles
{
    private static readonly byte[] Jpeg = File.ReadAllBytes(Path.Combine(PictureGolden.Folder, "420.jpg"));
    private static readonly byte[] Progressive = File.ReadAllBytes(Path.Combine(PictureGolden.Folder, "444-progressive.jpg"));
    private static readonly byte[] Png = File.ReadAllBytes(Path.Combine(PictureGolden.Folder, "rgb.png"));

    public static IReadOnlyList<HostileFile> All { get; } =
    [
        Picture("empty.jpg", [], "is empty (0 bytes)", "expected a JPEG or PNG file"),
        Picture("text.jpg", "<html>404 not found</html>"u8.ToArray(), "is text (\"<html>404 not found</htm\")"),
        Picture("zeros.jpg", new byte[4096], "is zeros"),
        Picture("gif.jpg", [.. "GIF89a"u8, .. new byte[50]], "is a GIF file"),
        Picture("webp.png", [.. "RIFF"u8, 0, 1, 0, 0, .. "WEBPVP8 "u8], "is a WebP file"),
        Picture("two-bytes.jpg", [0xFF, 0xD8], "is of an unknown kind (it begins FFD8)"),
        Picture("bomb-of-166-bytes.jpg", Bomb(166, 0xC2), "claims 65535×65535 pixels"),
        Picture("bomb-9000-square.jpg", Sized(Jpeg, 9000, 9000), "9000×9000 pixels", "more than so few bytes can hold"),
        Picture("no-pixels.jpg", Sized(Jpeg, 0, 43), "0×43 pixels"),
        Picture("header-only.jpg", Jpeg[..100], "ends after 100 bytes, within its header"),
        Picture("cut-in-pixels.jpg", Jpeg[..(Jpeg.Length * 2 / 3)], "is cut off: its pixels end too early"),
        Picture("cut-after-a-warning.jpg", WithBytesBetween(Jpeg)[..(Jpeg.Length * 2 / 3)], "is cut off: its pixels end too early"),
        Picture("cut-progressive.jpg", Progressive[..(Progressive.Length / 2)], "is a JPEG file that is cut off"),
        Picture("pixels-before-size.jpg", [0xFF, 0xD8, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3], "without a frame header"),
        Picture("segment-past-the-end.jpg", [0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 1, 2, 3], "ends after 9 bytes, within its header"),
        Picture("five-components.jpg", [0xFF, 0xD8, 0xFF, 0xC0, 0, 23, 8, 0, 9, 0, 9, 5, .. new byte[60]], "5 components"),
        Picture("no-tables.jpg", WithoutTables(Jpeg), "cannot be decoded as JPEG"),
        Picture("signature-only.png", Png[..8], "its first chunk is no header"),
        Picture("bomb.png", SizedPng(65535, 65535), "claims 65535×65535 pixels"),
        Picture("bomb-small.png", SizedPng(9000, 9000)[..60], "more than so few bytes can hold"),
        Picture("negative.png", SizedPng(-1, 10), "at most 2,147,483,647 a side"),
        Picture("cut.png", Png[..(Png.Length / 2)], "is cut off after", "no end (IEND)"),
        Picture("chunk-past-the-end.png", Patched(Png, 33, 0x7FFFFFFF), "is cut off after"),
        Picture("wrong-checksum.png", Flipped(Png, 29), "cannot be decoded as PNG"),
        Picture("pixels-of-another-size.png", SizedPng(60, 900), "cannot be decoded as PNG"),
    ];

    /// <summary>Read as the loader reads it: from a folder of classes.</summary>
    private static HostileFile Picture(string name, byte[] bytes, params string[] says) => new(
        name,
        path =>
        {
            Directory.CreateDirectory(Path.Combine(path, "class"));
            File.WriteAllBytes(Path.Combine(path, "class", name), bytes);
        },
        static path =>
        {
            FolderSplit split = FolderSplit.Open("train", path, new Shape(3, 24, 24));
            BatchLoaderOptions options = BatchLoaderOptions.ForEvaluation(1, Geometry.CentreCrop(24));
            new BatchRenderer(split, Normalization.Measure(NormalizationKind.ImageNet, split), options).Render(0, 0, new float[1728], new long[1]);
        },
        says)
    {
        Names = path => Path.Combine(path, "class", name),
    };

    /// <summary>A whole header that claims the largest size there is, and zeros.</summary>
    private static byte[] Bomb(int length, byte frame)
    {
        byte[] head = [0xFF, 0xD8, 0xFF, frame, 0, 17, 8, 0xFF, 0xFF, 0xFF, 0xFF, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0];
        return [.. head, .. new byte[length - head.Length]];
    }

    private static byte[] Sized(byte[] jpeg, ushort width, ushort height)
    {
        byte[] bytes = [.. jpeg];
        int frame = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 7), width);
        return bytes;
    }

    /// <summary>The quantisation tables' markers become comments. (Without Huffman tables a decoder takes the standard ones.)</summary>
    private static byte[] WithoutTables(byte[] jpeg)
    {
        byte[] bytes = [.. jpeg];
        for (int i = 0; i < bytes.Length - 1; i++)
            if (bytes[i] == 0xFF && bytes[i + 1] == 0xDB) bytes[i + 1] = 0xFE;
        return bytes;
    }

    /// <summary>Three bytes that belong to no segment, before the first Huffman table: libjpeg warns of them, and reads on.</summary>
    internal static byte[] WithBytesBetween(byte[] jpeg)
    {
        int table = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4]);
        return [.. jpeg[..table], 1, 2, 3, .. jpeg[table..]];
    }

    private static byte[] SizedPng(int width, int height)
    {
        byte[] bytes = [.. Png];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), ResNetGen.Weights.Crc32.Of(bytes.AsSpan(12, 17)));
        return bytes;
    }

    private static byte[] Patched(byte[] png, int at, int length)
    {
        byte[] bytes = [.. png];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), length);
        return bytes;
    }

    private static byte[] Flipped(byte[] png, int at)
    {
        byte[] bytes = [.. png];
        bytes[at] ^= 0x55;
        return bytes;
    }
}
