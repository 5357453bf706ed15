using System.Buffers.Binary;
using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Weights;

/// <summary>
/// A normalisation as text by key, and back to the same bits: the kind; by channel the means and deviations on the scale 0 … 1, as
/// everybody writes them; by pixel the mean picture, as base64 of its float32 values (0 … 255, little-endian) and its shape.
/// </summary>
internal static class NormalizationText
{
    private const string KindKey = "normalization", MeanKey = "mean", DeviationKey = "deviation";
    private const string ImageKey = "mean_image", ShapeKey = "mean_shape";

    public static void Write(Normalization normalization, Shape input, Dictionary<string, string> metadata)
    {
        metadata[KindKey] = normalization.Kind.ToString();
        int channels = input.Channels, plane = normalization.Mean.Length / channels;
        switch (normalization.Kind)
        {
            case NormalizationKind.PerChannel:
                metadata[MeanKey] = Numbers(channels, channel => normalization.Mean[channel * plane] / 255.0);
                metadata[DeviationKey] = Numbers(channels, channel => 1.0 / normalization.Scale[channel * plane] / 255.0);
                break;
            case NormalizationKind.PerPixelMean:
                if (normalization.Mean.Length != input.Elements)
                    throw new ArgumentException($"The mean picture has {normalization.Mean.Length:N0} values; the network takes {input}, {input.Elements:N0} values.", nameof(normalization));
                byte[] bytes = new byte[normalization.Mean.Length * sizeof(float)];
                for (int i = 0; i < normalization.Mean.Length; i++)
                    BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), normalization.Mean[i]);
                metadata[ImageKey] = Convert.ToBase64String(bytes);
                metadata[ShapeKey] = FormattableString.Invariant($"{input.Channels}x{input.Height}x{input.Width}");
                break;
        }
    }

    /// <summary>The normalisation, or null where the text says nothing of it.</summary>
    /// <exception cref="SafetensorsException">It is said, but makes no sense.</exception>
    public static Normalization? Read(IReadOnlyDictionary<string, string> metadata, Shape input, string file)
    {
        if (!metadata.TryGetValue(KindKey, out string? kind))
            return null;

        string Text(string key) => metadata.TryGetValue(key, out string? value) ? value : throw new SafetensorsException(file, $"its record has no \"{key}\" for its normalisation.");
        return kind switch
        {
            nameof(NormalizationKind.None) => Normalization.Of(NormalizationKind.None, new float[input.Elements], Filled((int)input.Elements)),
            nameof(NormalizationKind.PerChannel) => PerChannel(input, Channels(Text(MeanKey), MeanKey, input, file), Channels(Text(DeviationKey), DeviationKey, input, file)),
            nameof(NormalizationKind.PerPixelMean) => PerPixel(Text(ImageKey), file),
            _ => throw new SafetensorsException(file, $"its record gives \"{Shown.Of(kind)}\" for its normalisation; expected {string.Join(", ", Enum.GetNames<NormalizationKind>())}."),
        };
    }

    /// <summary>Means and deviations of channels, on the scale 0 … 1, spread over pictures.</summary>
    public static Normalization PerChannel(Shape input, double[] mean, double[] deviation)
    {
        int plane = input.Height * input.Width;
        float[] means = new float[mean.Length * plane], scales = new float[mean.Length * plane];
        for (int channel = 0; channel < mean.Length; channel++)
        {
            means.AsSpan(channel * plane, plane).Fill((float)(mean[channel] * 255));
            scales.AsSpan(channel * plane, plane).Fill((float)(1 / (deviation[channel] * 255)));
        }

        return Normalization.Of(NormalizationKind.PerChannel, means, scales);
    }

    /// <summary>Whether two turn equal pictures into equal numbers; the sizes of pictures do not count by channel.</summary>
    public static bool Same(Normalization a, Normalization b, int channels)
    {
        if (a.Kind != b.Kind)
            return false;
        if (a.Kind == NormalizationKind.PerPixelMean)
            return a.Mean.AsSpan().SequenceEqual(b.Mean);

        return Enumerable.Range(0, channels).All(channel => Of(a, channel) == Of(b, channel));
        (float, float) Of(Normalization each, int channel)
        {
            int at = channel * (each.Mean.Length / channels);
            return (each.Mean[at], each.Scale[at]);
        }
    }

    /// <summary>In words: the kind, and by channel the numbers.</summary>
    public static string Show(Normalization normalization, Shape input)
    {
        if (normalization.Kind != NormalizationKind.PerChannel)
            return normalization.Kind == NormalizationKind.None ? "none" : "the mean picture subtracted";

        int plane = normalization.Mean.Length / input.Channels;
        string List(Func<int, double> number) => string.Join(", ", Enumerable.Range(0, input.Channels).Select(channel => number(channel * plane).ToString("0.####", CultureInfo.InvariantCulture)));
        return $"mean ({List(at => normalization.Mean[at] / 255.0)}), deviation ({List(at => 1.0 / normalization.Scale[at] / 255.0)}) by channel";
    }

    private static Normalization PerPixel(string image, string file)
    {
        byte[] bytes = new byte[image.Length];
        if (!Convert.TryFromBase64String(image, bytes, out int length) || length == 0 || length % sizeof(float) != 0)
            throw new SafetensorsException(file, $"its record's \"{ImageKey}\" is no picture of float32 values in base64.");

        float[] mean = new float[length / sizeof(float)];
        for (int i = 0; i < mean.Length; i++)
            mean[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return Normalization.Of(NormalizationKind.PerPixelMean, mean, Filled(mean.Length));
    }

    private static double[] Channels(string text, string key, Shape input, string file)
    {
        string[] parts = text.Split(',');
        double[] numbers = [.. parts.Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && (key == MeanKey || value > 0) ? value : double.NaN)];
        return numbers.Length == input.Channels && !numbers.Any(double.IsNaN)
            ? numbers
            : throw new SafetensorsException(file, $"its record's \"{key}\" must be {input.Channels} numbers, one a channel; found \"{Shown.Of(text)}\".");
    }

    private static float[] Filled(int count)
    {
        float[] scale = new float[count];
        Array.Fill(scale, 1f / 255f);
        return scale;
    }

    private static string Numbers(int count, Func<int, double> number) =>
        string.Join(",", Enumerable.Range(0, count).Select(i => number(i).ToString("R", CultureInfo.InvariantCulture)));
}
