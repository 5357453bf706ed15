using System.Text.Json;
using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

/// <summary>What Pillow and torchvision make of the small pictures (Pictures/make_golden.py).</summary>
internal static class PictureGolden
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "Pictures");

    private static readonly byte[] Data = File.ReadAllBytes(Path.Combine(Folder, "golden.bin"));

    public static JsonElement Json { get; } = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "golden.json"))).RootElement;

    /// <summary>One case: its size, and where its pixels lie.</summary>
    public static (PictureSize Size, int At) Case(string name, string file)
    {
        JsonElement found = Json.GetProperty("cases").EnumerateArray().Single(each => each.GetProperty("name").GetString() == name && each.GetProperty("file").GetString() == file);
        return (new(found.GetProperty("width").GetInt32(), found.GetProperty("height").GetInt32()), found.GetProperty("at").GetInt32());
    }

    /// <summary>The pixels of a case, three bytes each.</summary>
    public static byte[] Pixels(string name, string file)
    {
        (PictureSize size, int at) = Case(name, file);
        return Data.AsSpan(at, size.Width * size.Height * 3).ToArray();
    }

    /// <summary>The pixels of a case as floats, three each.</summary>
    public static float[] Floats(string name, string file)
    {
        (PictureSize size, int at) = Case(name, file);
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Data.AsSpan(at, size.Width * size.Height * 12)).ToArray();
    }

    /// <summary>Our pixels in the golden's form.</summary>
    public static byte[] Rgb(ReadOnlySpan<uint> pixels)
    {
        byte[] bytes = new byte[pixels.Length * 3];
        for (int i = 0; i < pixels.Length; i++)
            for (int channel = 0; channel < 3; channel++) bytes[i * 3 + channel] = (byte)(pixels[i] >> (8 * channel));
        return bytes;
    }

    /// <summary>A golden's pixels in our form.</summary>
    public static uint[] Packed(string name, string file) =>
        [.. Pixels(name, file).Chunk(3).Select(static pixel => pixel[0] | ((uint)pixel[1] << 8) | ((uint)pixel[2] << 16))];

    public static Picture Load(string file)
    {
        Picture picture = new();
        picture.SetEncoded(File.ReadAllBytes(Path.Combine(Folder, file)), file);
        return picture;
    }
}
