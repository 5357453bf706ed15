using System.Runtime.InteropServices;

namespace ResNetGen.Data;

/// <summary>Decodes JPEG files by libturbojpeg, in full or at a reduced scale; for one thread at a time.</summary>
internal sealed class JpegDecoder
{
    private TurboJpeg.Handle? handle;

    /// <summary>
    /// Eighths at which the decoder is fast: for these its inverse cosine transforms of 8, 4, 2 and 1 points are vectorised, so
    /// that half of the size takes less time than all of it; five eighths would take more.
    /// </summary>
    public static ReadOnlySpan<int> Eighths => [1, 2, 4, 8];

    /// <summary>A side at a reduced scale, as libjpeg rounds it.</summary>
    public static int Reduced(int side, int eighths) => (side * eighths + 7) / 8;

    /// <summary>Decodes to red, green, blue and a byte that means nothing.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="eighths">The scale in eighths: 8 is all.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="pixels">Room for the picture at that scale.</param>
    /// <exception cref="BadInputException">The file is damaged or cut off.</exception>
    public unsafe void Decode(ReadOnlySpan<byte> file, JpegHeader header, int eighths, string name, Span<uint> pixels)
    {
        if (handle is null)
        {
            ImageLibraries.Require(ImageLibraries.Jpeg, name);
            handle = new TurboJpeg.Handle();
        }
        (int width, int height) = (Reduced(header.Size.Width, eighths), Reduced(header.Size.Height, eighths));
        if (pixels.Length < width * height) throw new ArgumentException("There is no room for the picture.", nameof(pixels));
        int format = header.Components == 4 ? TurboJpeg.Cmyk : TurboJpeg.Rgbx;
        int result;
        fixed (byte* bytes = file)
        fixed (uint* output = pixels)
            result = TurboJpeg.tjDecompress2(handle, bytes, new CULong((nuint)file.Length), (byte*)output, width, 0, height, format, TurboJpeg.LimitScans);
        if (result != 0) Judge(file, name);
        if (format == TurboJpeg.Cmyk) CmykToRgb(pixels[..(width * height)]);
    }

    /// <summary>
    /// Bytes too many between markers and the like are common in real collections and harm nothing. A file that ends too early
    /// is refused, as Pillow refuses it: half of the picture would be grey. The library tells its first warning alone, behind
    /// which the early end may hide; so the file itself is asked for its end, too.
    /// </summary>
    private void Judge(ReadOnlySpan<byte> file, string name)
    {
        string text = Marshal.PtrToStringUTF8(TurboJpeg.tjGetErrorStr2(handle!)) ?? "";
        bool warning = TurboJpeg.tjGetErrorCode(handle!) == 0;
        if (warning && !text.Contains("Premature end", StringComparison.Ordinal) && JpegHeader.HasEnd(file)) return;
        throw new BadInputException(warning
            ? $"{name} is a JPEG file that is cut off: its pixels end too early. Get the file again, or delete it."
            : $"{name} cannot be decoded as JPEG: {text.TrimEnd('.')}. Get the file again, or delete it.");
    }

    /// <summary>By Adobe's convention the values are inverted, whatever the file says: Pillow takes them so, too.</summary>
    private static void CmykToRgb(Span<uint> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            uint pixel = pixels[i];
            uint black = pixel >> 24;
            pixels[i] = Shade(pixel & 255, black) | (Shade((pixel >> 8) & 255, black) << 8) | (Shade((pixel >> 16) & 255, black) << 16);
        }
    }

    private static uint Shade(uint inverted, uint black)
    {
        uint product = (255 - inverted) * black + 128;
        uint part = ((product >> 8) + product) >> 8;
        return black > part ? black - part : 0;
    }
}
