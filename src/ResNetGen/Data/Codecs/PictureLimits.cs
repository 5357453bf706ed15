namespace ResNetGen.Data;

/// <summary>What a picture may claim, checked before memory is taken.</summary>
internal static class PictureLimits
{
    /// <summary>Most pixels of one picture: where Pillow begins to warn of decompression bombs (MAX_IMAGE_PIXELS).</summary>
    public const long MostPixels = 89_478_485;

    /// <summary>Longest file that is read as one picture.</summary>
    public const long MostBytes = 512L << 20;

    /// <summary>Whether what is shown of a picture is more than is shown of any: a picture as thin as a hair is small, and large once it is enlarged.</summary>
    public static bool IsTooLarge(PixelBox window) => (long)window.Width * window.Height > MostPixels;

    /// <summary>What is said then.</summary>
    public static BadInputException TooLarge(string name, PictureSize size, PixelBox window) =>
        new($"{name} has {size} pixels and would be shown at {window.Width}×{window.Height}; at most {MostPixels:N0} pixels are. Crop it, or leave it out.");

    /// <param name="name">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="size">The size that its header claims.</param>
    /// <param name="fileLength">Its length in bytes.</param>
    /// <param name="pixelsPerByte">Most pixels that a byte of this format can stand for.</param>
    public static void Check(string name, string format, PictureSize size, long fileLength, int pixelsPerByte)
    {
        long pixels = (long)size.Width * size.Height;
        if (pixels > MostPixels)
            throw new BadInputException($"{name} is a {format} file that claims {size} pixels, {pixels:N0} in all; at most {MostPixels:N0} are read. Scale it down, or delete it.");
        if (pixels / pixelsPerByte > fileLength)
            throw new BadInputException($"{name} is a {format} file of {fileLength:N0} bytes that claims {size} pixels, more than so few bytes can hold. It is damaged or hostile: delete it.");
    }
}
