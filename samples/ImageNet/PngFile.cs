using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ResNetGen.Samples.ImageNet;

/// <summary>Writes small colour pictures as PNG: header, one compressed block, end; no filters.</summary>
internal static class PngFile
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes a picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="planes">Red, green and blue planes, each width × height bytes.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public static void Write(string path, ReadOnlySpan<byte> planes, int width, int height)
    {
        using FileStream file = File.Create(path);
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8; // bits a channel
        header[9] = 2; // red, green, blue
        header[10..].Clear();
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", Compress(planes, width, height));
        Chunk(file, "IEND", []);
    }

    private static byte[] Compress(ReadOnlySpan<byte> planes, int width, int height)
    {
        int plane = width * height;
        using MemoryStream data = new();
        using (ZLibStream compressed = new(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] row = new byte[1 + 3 * width];
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    int at = y * width + x;
                    row[1 + 3 * x] = planes[at];
                    row[2 + 3 * x] = planes[plane + at];
                    row[3 + 3 * x] = planes[2 * plane + at];
                }

                compressed.Write(row);
            }
        }

        return data.ToArray();
    }

    private static void Chunk(FileStream file, string type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        file.Write(word);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32(body));
        file.Write(word);
    }

    /// <summary>PNG's checksum, bit by bit: the files are small.</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte next in bytes)
        {
            crc ^= next;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        return ~crc;
    }
}
