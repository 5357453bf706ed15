using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ResNetGen.Tests.Cli;

/// <summary>Writes pictures as PNG files, in the plainest form that the format has.</summary>
internal static class PngPicture
{
    /// <summary>Writes channel planes (red, green, blue; one byte a pixel) as a file.</summary>
    public static void Write(string path, int width, int height, ReadOnlySpan<byte> planes)
    {
        // Each row begins with the number of its filter: 0, none.
        byte[] rows = new byte[height * (1 + (3 * width))];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int channel = 0; channel < 3; channel++)
                    rows[(y * (1 + (3 * width))) + 1 + (3 * x) + channel] = planes[(channel * height * width) + (y * width) + x];
            }
        }

        using FileStream file = File.Create(path);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        // 8 bits a channel, in colour.
        (header[8], header[9]) = (8, 2);
        Chunk(file, "IHDR", header);
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows);

        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
    }

    private static void Chunk(FileStream file, string kind, byte[] content)
    {
        byte[] chunk = [.. new byte[4], .. Encoding.ASCII.GetBytes(kind), .. content, .. new byte[4]];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, chunk.Length - 8)));
        file.Write(chunk);
    }

    // The CRC of ISO 3309, bit by bit: pictures here are small.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte each in bytes)
        {
            crc ^= each;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }
}
