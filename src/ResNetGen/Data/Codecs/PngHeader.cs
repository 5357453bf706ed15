using System.Buffers.Binary;

namespace ResNetGen.Data;

/// <summary>
/// What a PNG file says of itself (W3C PNG, sections 5 and 11): read by us, before memory is taken, and before any library sees
/// the file.
/// </summary>
internal static class PngHeader
{
    /// <summary>Deflate packs 1,032 bytes into one at best, and a byte holds eight pixels at most.</summary>
    private const int PixelsPerByte = 8 * 1032;

    private const uint Ihdr = 0x49484452;
    private const uint Plte = 0x504C5445;
    private const uint Idat = 0x49444154;
    private const uint Iend = 0x49454E44;

    public static bool Recognises(ReadOnlySpan<byte> file) => file is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..];

    public static PictureSize ReadSize(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < 33 || BinaryPrimitives.ReadUInt32BigEndian(file[8..]) != 13 || BinaryPrimitives.ReadUInt32BigEndian(file[12..]) != Ihdr)
            throw new BadInputException($"{name} is a damaged PNG file: its first chunk is no header (IHDR of 13 bytes). Get the file again, or delete it.");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(file[16..]);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(file[20..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new BadInputException($"{name} is a PNG file of {width}×{height} pixels; expected at least one, and at most 2,147,483,647 a side. Get the file again, or delete it.");
        PictureSize size = new((int)width, (int)height);
        PictureLimits.Check(name, "PNG", size, file.Length, PixelsPerByte);
        return size;
    }

    /// <summary>
    /// Copies the chunks that make pixels. Colour profiles, gamma and text stay behind: torchvision's pictures are the values as
    /// the file has them, and what is packed in a text cannot unpack to more than memory holds.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="output">Room for as many bytes as the file has.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="BadInputException">A chunk reaches past the end, or the end is missing.</exception>
    public static int CopyPixelChunks(ReadOnlySpan<byte> file, string name, Span<byte> output)
    {
        file[..8].CopyTo(output);
        (int at, int written) = (8, 8);
        while (at + 12 <= file.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            uint type = BinaryPrimitives.ReadUInt32BigEndian(file[(at + 4)..]);
            if (length > file.Length - at - 12) break;
            int whole = (int)length + 12;
            if (type is Ihdr or Plte or Idat or Iend)
            {
                file.Slice(at, whole).CopyTo(output[written..]);
                written += whole;
            }
            at += whole;
            if (type == Iend) return written;
        }
        throw new BadInputException($"{name} is a PNG file that is cut off after {file.Length:N0} bytes: it has no end (IEND). Get the file again, or delete it.");
    }
}
