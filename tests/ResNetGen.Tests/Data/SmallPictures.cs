using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

/// <summary>The pictures of make_golden.py, by the same rule.</summary>
internal static class SmallPictures
{
    public static Shape Shape { get; } = new(3, 6, 6);

    public static ImageSplit Split(int count = 20)
    {
        byte[] pixels = new byte[count * 108];
        for (long i = 0; i < pixels.Length; i++) pixels[i] = (byte)((i * 7919 + i * i % 251 * 31) % 256);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i * 7 % 10)];
        return new ImageSplit("small", Shape, 10, pixels, labels);
    }

    /// <summary>A split whose picture i is filled with the byte i, with label i % 10.</summary>
    public static ImageSplit Numbered(int count)
    {
        byte[] pixels = new byte[count * 108];
        for (int i = 0; i < count; i++) pixels.AsSpan(i * 108, 108).Fill((byte)i);
        return new ImageSplit("numbered", Shape, 10, pixels, Enumerable.Range(0, count).Select(i => i % 10).ToArray());
    }
}
