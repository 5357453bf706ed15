namespace ResNetGen.Data;

/// <summary>Operations that map each value to another, channel by channel, as Pillow's ImageOps has them.</summary>
internal static class ToneCurves
{
    public static void Map(Span<uint> pixels, Func<int, int> curve)
    {
        Span<byte> table = stackalloc byte[256];
        for (int value = 0; value < 256; value++) table[value] = (byte)curve(value);
        Map(pixels, table, table, table);
    }

    /// <summary>Keeps the highest bits of each value.</summary>
    public static void Posterize(Span<uint> pixels, int bits)
    {
        int mask = ~((1 << (8 - bits)) - 1);
        Map(pixels, value => value & mask);
    }

    /// <summary>Inverts what is at the threshold or above.</summary>
    public static void Solarize(Span<uint> pixels, int threshold) => Map(pixels, value => value < threshold ? value : 255 - value);

    /// <summary>Lightens what is below the middle.</summary>
    public static void SolarizeAdd(Span<uint> pixels, int add) => Map(pixels, value => value < 128 ? Math.Min(255, value + add) : value);

    /// <summary>Stretches each channel to 0 … 255.</summary>
    public static void AutoContrast(Span<uint> pixels) => MapByHistogram(pixels, static (histogram, table) =>
    {
        int low = histogram.IndexOfAnyExcept(0);
        int high = histogram.LastIndexOfAnyExcept(0);
        double scale = high > low ? 255.0 / (high - low) : 1;
        double offset = high > low ? -low * scale : 0;
        for (int value = 0; value < 256; value++) table[value] = (byte)Math.Clamp((int)(value * scale + offset), 0, 255);
    });

    /// <summary>Makes every value about as frequent.</summary>
    public static void Equalize(Span<uint> pixels) => MapByHistogram(pixels, static (histogram, table) =>
    {
        int sum = 0, different = 0, last = 0;
        foreach (int count in histogram)
        {
            if (count == 0) continue;
            sum += count;
            different++;
            last = count;
        }
        int step = different <= 1 ? 0 : (sum - last) / 255;
        int n = step / 2;
        for (int value = 0; value < 256; value++)
        {
            table[value] = step == 0 ? (byte)value : (byte)Math.Min(255, n / step);
            n += histogram[value];
        }
    });

    private delegate void MakeTable(ReadOnlySpan<int> histogram, Span<byte> table);

    private static void MapByHistogram(Span<uint> pixels, MakeTable make)
    {
        Span<int> histograms = stackalloc int[3 * 256];
        histograms.Clear();
        foreach (uint pixel in pixels)
        {
            histograms[(int)(pixel & 255)]++;
            histograms[256 + (int)((pixel >> 8) & 255)]++;
            histograms[512 + (int)((pixel >> 16) & 255)]++;
        }
        Span<byte> tables = stackalloc byte[3 * 256];
        for (int channel = 0; channel < 3; channel++) make(histograms.Slice(channel * 256, 256), tables.Slice(channel * 256, 256));
        Map(pixels, tables[..256], tables.Slice(256, 256), tables.Slice(512, 256));
    }

    private static void Map(Span<uint> pixels, ReadOnlySpan<byte> red, ReadOnlySpan<byte> green, ReadOnlySpan<byte> blue)
    {
        foreach (ref uint pixel in pixels)
            pixel = red[(int)(pixel & 255)] | ((uint)green[(int)((pixel >> 8) & 255)] << 8) | ((uint)blue[(int)((pixel >> 16) & 255)] << 16);
    }
}
