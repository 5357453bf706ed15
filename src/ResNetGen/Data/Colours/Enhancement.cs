namespace ResNetGen.Data;

/// <summary>Mixing a picture with a poorer one, or away from it, as Pillow's ImageEnhance does: factor 1 changes nothing.</summary>
internal static class Enhancement
{
    /// <summary>Away from black.</summary>
    public static void Brightness(Span<uint> pixels, double factor)
    {
        foreach (ref uint pixel in pixels) pixel = Blend(0, pixel, (float)factor);
    }

    /// <summary>Away from the mean grey.</summary>
    public static void Contrast(Span<uint> pixels, double factor)
    {
        long sum = 0;
        foreach (uint pixel in pixels) sum += PixelPlanes.GreyOf(pixel);
        uint grey = (uint)((double)sum / pixels.Length + 0.5) * 0x010101;
        foreach (ref uint pixel in pixels) pixel = Blend(grey, pixel, (float)factor);
    }

    /// <summary>Away from each pixel's grey.</summary>
    public static void Saturation(Span<uint> pixels, double factor)
    {
        foreach (ref uint pixel in pixels) pixel = Blend(PixelPlanes.GreyOf(pixel) * 0x010101, pixel, (float)factor);
    }

    /// <summary>Away from the picture smoothed by 3 × 3 pixels, the middle one weighing 5 of 13; the border stays.</summary>
    public static void Sharpness(Span<uint> pixels, PictureSize size, double factor)
    {
        uint[] before = pixels.ToArray();
        for (int y = 1; y < size.Height - 1; y++)
        for (int x = 1; x < size.Width - 1; x++)
        {
            int at = y * size.Width + x;
            uint smooth = 0;
            for (int shift = 0; shift < 24; shift += 8) smooth |= Smooth(before, at, size.Width, shift) << shift;
            pixels[at] = Blend(smooth, before[at], (float)factor);
        }
    }

    private static uint Smooth(uint[] pixels, int at, int stride, int shift)
    {
        uint sum = 4 * ((pixels[at] >> shift) & 255);
        for (int y = -stride; y <= stride; y += stride)
        for (int x = -1; x <= 1; x++)
            sum += (pixels[at + y + x] >> shift) & 255;
        return (2 * sum + 13) / 26;
    }

    /// <summary>Cut off at 0 and 255, never rounded: Pillow drops the fraction.</summary>
    private static uint Blend(uint from, uint to, float factor)
    {
        uint result = 0;
        for (int shift = 0; shift < 24; shift += 8)
        {
            int a = (int)((from >> shift) & 255), b = (int)((to >> shift) & 255);
            result |= (uint)Math.Clamp(a + factor * (b - a), 0, 255) << shift;
        }
        return result;
    }
}
