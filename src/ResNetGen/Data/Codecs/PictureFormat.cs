using System.Text;

namespace ResNetGen.Data;

/// <summary>What a file holds: its first bytes decide, not its name.</summary>
internal enum PictureFormat
{
    Jpeg,
    Png,
}

/// <summary>Tells formats apart.</summary>
internal static class PictureFormats
{
    public static PictureFormat Of(ReadOnlySpan<byte> file, string name)
    {
        if (JpegHeader.Recognises(file)) return PictureFormat.Jpeg;
        if (PngHeader.Recognises(file)) return PictureFormat.Png;
        throw new BadInputException(file.Length == 0
            ? $"{name} is empty (0 bytes); expected a JPEG or PNG file. Get the file again, or delete it."
            : $"{name} is {Describe(file)}; expected a JPEG or PNG file. Convert it, or delete it.");
    }

    private static string Describe(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("GIF8"u8)) return "a GIF file";
        if (file.StartsWith("BM"u8)) return "a BMP file";
        if (file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..].StartsWith("WEBP"u8)) return "a WebP file";
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8)) return "a TIFF file";
        if (file.Length >= 12 && file[4..].StartsWith("ftyp"u8)) return "a HEIF or AVIF file";
        ReadOnlySpan<byte> start = file[..Math.Min(file.Length, 64)];
        if (start.IndexOfAnyExceptInRange((byte)9, (byte)126) < 0)
            return $"text (\"{Encoding.ASCII.GetString(start[..Math.Min(24, start.Length)]).ReplaceLineEndings(" ")}\")";
        return start.IndexOfAnyExcept((byte)0) < 0 ? "zeros" : $"of an unknown kind (it begins {Convert.ToHexString(start[..Math.Min(8, start.Length)])})";
    }
}
