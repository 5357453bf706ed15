using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResNetGen.Data;

/// <summary>
/// From channel planes to whole pixels and back. A pixel is four bytes (red, green, blue, and one that means nothing): what
/// resizing and colour operations work on, one pixel a vector.
/// </summary>
internal static class PixelPlanes
{
    private static readonly Vector128<byte> Gather = Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);

    /// <summary>Up to four planes to pixels.</summary>
    public static void Join(ReadOnlySpan<byte> planes, int channels, Span<uint> pixels)
    {
        int n = pixels.Length;
        pixels.Clear();
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<byte> plane = planes.Slice(channel * n, n);
            for (int i = 0; i < n; i++) pixels[i] |= (uint)plane[i] << (8 * channel);
        }
    }

    /// <summary>Pixels to planes, the first <paramref name="channels"/> bytes of each.</summary>
    public static void Split(ReadOnlySpan<uint> pixels, int channels, Span<byte> planes)
    {
        int n = pixels.Length;
        if (planes.Length < n * channels) throw new ArgumentException($"{n} pixels of {channels} channels take {n * channels} bytes.", nameof(planes));
        ref uint source = ref MemoryMarshal.GetReference(pixels);
        ref byte target = ref MemoryMarshal.GetReference(planes);
        int i = 0;
        for (; i <= n - 4; i += 4)
        {
            Vector128<uint> byChannel = Vector128.Shuffle(Vector128.LoadUnsafe(ref source, (nuint)i).AsByte(), Gather).AsUInt32();
            for (int channel = 0; channel < channels; channel++)
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, channel * n + i), byChannel.GetElement(channel));
        }
        for (; i < n; i++)
        for (int channel = 0; channel < channels; channel++)
            planes[channel * n + i] = (byte)(pixels[i] >> (8 * channel));
    }

    /// <summary>Colour pixels to one plane of grey, weighted and rounded as Pillow's <c>convert("L")</c> does it.</summary>
    public static void Grey(ReadOnlySpan<uint> pixels, Span<byte> plane)
    {
        for (int i = 0; i < pixels.Length; i++) plane[i] = (byte)GreyOf(pixels[i]);
    }

    public static uint GreyOf(uint pixel) =>
        ((pixel & 255) * 19595 + ((pixel >> 8) & 255) * 38470 + ((pixel >> 16) & 255) * 7471 + 0x8000) >> 16;
}
