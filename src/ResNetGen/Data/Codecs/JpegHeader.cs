using System.Buffers.Binary;

namespace ResNetGen.Data;

/// <summary>
/// What a JPEG file says of itself before its pixels (ITU-T T.81, annex B): read by us, before memory is taken, and before any
/// library sees the file.
/// </summary>
/// <param name="Size">Size in pixels.</param>
/// <param name="Components">1 grey, 3 colour, 4 CMYK or YCCK.</param>
internal readonly record struct JpegHeader(PictureSize Size, int Components)
{
    /// <summary>Most pixels that a byte of JPEG can stand for: a block of 8 × 8 takes a bit at least, with 4 × 4 subsampling and room.</summary>
    private const int PixelsPerByte = 1024;

    public static bool Recognises(ReadOnlySpan<byte> file) => file is [0xFF, 0xD8, 0xFF, ..];

    public static JpegHeader Read(ReadOnlySpan<byte> file, string name)
    {
        int at = 2;
        while (true)
        {
            // Any number of FF may stand before a marker.
            if (at >= file.Length || file[at] != 0xFF) throw Broken(file, name, at);
            while (at < file.Length && file[at] == 0xFF) at++;
            if (at >= file.Length) throw Broken(file, name, at);
            byte marker = file[at++];
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8)) continue;
            if (marker is 0xD9 or 0xDA) throw new BadInputException($"{name} is a JPEG file without a frame header: its {(marker == 0xD9 ? "end" : "pixels")} come at byte {at - 2}, before its size is known. Get the file again, or delete it.");
            if (at + 2 > file.Length) throw Broken(file, name, file.Length);
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2) throw Broken(file, name, at);
            if (at + length > file.Length) throw Broken(file, name, file.Length);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return Frame(file.Slice(at + 2, length - 2), file.Length, name);
            at += length;
        }
    }

    /// <summary>
    /// Whether the mark of the end (EOI) comes after the first pixels: what stands before them may be a small picture with an end
    /// of its own. Among pixels these two bytes mean nothing else.
    /// </summary>
    public static bool HasEnd(ReadOnlySpan<byte> file)
    {
        int at = 2;
        while (true)
        {
            // What stands between segments and belongs to none is passed over, as libjpeg does it.
            int next = file[at..].IndexOf((byte)0xFF);
            if (next < 0) return false;
            at += next;
            while (at < file.Length && file[at] == 0xFF) at++;
            if (at + 3 > file.Length) return false;
            byte marker = file[at++];
            if (marker == 0xDA) return file[at..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0;
            if (marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD8)) continue;
            at += Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(file[at..]));
            if (at >= file.Length) return false;
        }
    }

    private static JpegHeader Frame(ReadOnlySpan<byte> frame, int fileLength, string name)
    {
        if (frame.Length < 6) throw new BadInputException($"{name} is a JPEG file whose frame header has {frame.Length} bytes; expected at least 6. Get the file again, or delete it.");
        int height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        int components = frame[5];
        if (width == 0 || height == 0) throw new BadInputException($"{name} is a JPEG file of {width}×{height} pixels; expected at least one. Get the file again, or delete it.");
        if (components is not (1 or 3 or 4)) throw new BadInputException($"{name} is a JPEG file of {components} components; expected 1 (grey), 3 (colour) or 4 (CMYK). Convert it.");
        PictureSize size = new(width, height);
        PictureLimits.Check(name, "JPEG", size, fileLength, PixelsPerByte);
        return new JpegHeader(size, components);
    }

    private static BadInputException Broken(ReadOnlySpan<byte> file, string name, int at) => new(at >= file.Length
        ? $"{name} is a JPEG file that ends after {file.Length} bytes, within its header. Get the file again, or delete it."
        : $"{name} is a damaged JPEG file: its header is broken at byte {at}. Get the file again, or delete it.");
}
