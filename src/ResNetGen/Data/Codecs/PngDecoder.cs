namespace ResNetGen.Data;

/// <summary>
/// Decodes PNG files of every kind by libpng to red, green and blue. Opacity is left out and not painted over a background, and
/// 16 bits become 8: what Pillow's <c>convert("RGB")</c> gives (which cuts 16-bit grey off at 255 where this scales it).
/// </summary>
internal sealed class PngDecoder
{
    private byte[] chunks = [];

    /// <summary>Decodes to red, green, blue and a byte that means nothing.</summary>
    /// <exception cref="BadInputException">The file is damaged or cut off.</exception>
    public unsafe void Decode(ReadOnlySpan<byte> file, PictureSize size, string name, Span<uint> pixels)
    {
        ImageLibraries.Require(ImageLibraries.Png, name);
        if (chunks.Length < file.Length) chunks = new byte[file.Length];
        int length = PngHeader.CopyPixelChunks(file, name, chunks);
        if (pixels.Length < size.Width * size.Height) throw new ArgumentException("There is no room for the picture.", nameof(pixels));
        LibPng.Image image = new() { Version = 1 };
        try
        {
            fixed (byte* bytes = chunks)
            {
                if (LibPng.png_image_begin_read_from_memory(ref image, bytes, (nuint)length) == 0) throw Broken(name, image);
                if (image.Width != size.Width || image.Height != size.Height) throw Broken(name, image);
                image.Format = LibPng.Rgba;
                image.Flags |= LibPng.SixteenBitIsSrgb;
                fixed (uint* output = pixels)
                    if (LibPng.png_image_finish_read(ref image, null, (byte*)output, 4 * size.Width, null) == 0) throw Broken(name, image);
            }
        }
        finally
        {
            LibPng.png_image_free(ref image);
        }
    }

    /// <summary>Gives back memory that only a large file needs.</summary>
    /// <param name="most">Bytes that are kept.</param>
    public void Trim(int most)
    {
        if (chunks.Length > most) chunks = [];
    }

    private static BadInputException Broken(string name, LibPng.Image image) =>
        new($"{name} cannot be decoded as PNG: {image.Text}. Get the file again, or delete it.");
}
