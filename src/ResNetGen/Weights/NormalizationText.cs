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

    public static void Write(Normalization normalization, Dictionary<string, string> metadata)
    {
        metadata[KindKey] = normalization.Kind.ToString();
        Shape shape = normalization.Shape;
        if (normalization.Kind == NormalizationKind.PerPixelMean)
        {
            byte[] bytes = new byte[normalization.Mean.Length * sizeof(float)];
            for (int i = 0; i < normalization.Mean.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), normalization.Mean[i]);
            metadata[ImageKey] = Convert.ToBase64String(bytes);
            metadata[ShapeKey] = FormattableString.Invariant($"{shape.Channels}x{shape.Height}x{shape.Width}");
        }
        else if (normalization.Kind != NormalizationKind.None)
        {
            metadata[MeanKey] = Numbers(normalization, Mean, "R", ",");
            metadata[DeviationKey] = Numbers(normalization, Deviation, "R", ",");
        }
    }

    /// <summary>The normalisation, or null where the text says nothing of it.</summary>
    /// <param name="metadata">The text by key.</param>
    /// <param name="input">The pictures that numbers by channel are spread over.</param>
    /// <param name="file">What messages call the file.</param>
    /// <exception cref="SafetensorsException">It is said, but makes no sense.</exception>
    public static Normalization? Read(IReadOnlyDictionary<string, string> metadata, Shape input, string file)
    {
        if (!metadata.TryGetValue(KindKey, out string? text))
            return null;
        // Numbers are not names, though the parser takes them.
        if (!Enum.TryParse(text, out NormalizationKind kind) || kind.ToString() != text)
            throw new SafetensorsException(file, $"its record gives \"{Shown.Of(text)}\" for its normalisation; expected {string.Join(", ", Enum.GetNames<NormalizationKind>())}.");

        string Get(string key) => metadata.TryGetValue(key, out string? value) ? value : throw new SafetensorsException(file, $"its record has no \"{key}\" for its normalisation.");
        return kind switch
        {
            NormalizationKind.None => Normalization.Of(kind, input, new float[input.Elements], Bytes((int)input.Elements)),
            NormalizationKind.PerPixelMean => PerPixel(Get(ImageKey), Get(ShapeKey), file),
            _ => ByChannel(kind, input, Channels(Get(MeanKey), MeanKey, input, file), Channels(Get(DeviationKey), DeviationKey, input, file)),
        };
    }

    /// <summary>Means and deviations of channels, on the scale 0 … 1, spread over pictures.</summary>
    public static Normalization ByChannel(NormalizationKind kind, Shape input, double[] mean, double[] deviation)
    {
        int plane = (int)input.Pixels;
        float[] means = new float[input.Elements], scales = new float[input.Elements];
        for (int channel = 0; channel < input.Channels; channel++)
        {
            means.AsSpan(channel * plane, plane).Fill((float)(mean[channel] * 255));
            scales.AsSpan(channel * plane, plane).Fill((float)(1 / (deviation[channel] * 255)));
        }

        return Normalization.Of(kind, input, means, scales);
    }

    /// <summary>Whether two turn equal pictures into equal numbers. The sizes of pictures do not count, but for a mean picture.</summary>
    public static bool Same(Normalization a, Normalization b)
    {
        if (a.Kind == NormalizationKind.PerPixelMean || b.Kind == NormalizationKind.PerPixelMean)
            return a.Kind == b.Kind && a.Mean.AsSpan().SequenceEqual(b.Mean);

        return a.Shape.Channels == b.Shape.Channels && Enumerable.Range(0, a.Shape.Channels).All(channel =>
            a.Mean[At(a, channel)] == b.Mean[At(b, channel)] && a.Scale[At(a, channel)] == b.Scale[At(b, channel)]);
    }

    /// <summary>In words: the kind, and by channel the numbers.</summary>
    public static string Show(Normalization normalization) => normalization.Kind switch
    {
        NormalizationKind.None => "none",
        NormalizationKind.PerPixelMean => "a mean picture subtracted",
        _ => $"mean ({Numbers(normalization, Mean, "0.####", ", ")}), deviation ({Numbers(normalization, Deviation, "0.####", ", ")}) by channel",
    };

    private static Normalization PerPixel(string image, string size, string file)
    {
        SafetensorsException Bad(string what) => new(file, $"its record's \"{ImageKey}\" {what}.");
        byte[] bytes = new byte[image.Length];
        if (!Convert.TryFromBase64String(image, bytes, out int length) || length % sizeof(float) != 0)
            throw Bad("is no picture of float32 values in base64");
        if (size.Split('x').Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0).ToArray()
            is not [> 0 and <= short.MaxValue and var channels, > 0 and <= short.MaxValue and var height, > 0 and <= short.MaxValue and var width])
            throw Bad($"has no shape: \"{ShapeKey}\" is \"{Shown.Of(size)}\", expected channels, height and width");
        Shape shape = new(channels, height, width);
        if (shape.Elements != length / sizeof(float))
            throw Bad($"has {length / sizeof(float):N0} values, \"{ShapeKey}\" {shape}");

        float[] mean = new float[shape.Elements];
        for (int i = 0; i < mean.Length; i++)
            mean[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return Normalization.Of(NormalizationKind.PerPixelMean, shape, mean, Bytes(mean.Length));
    }

    private static double[] Channels(string text, string key, Shape input, string file)
    {
        double[] numbers =
        [
            .. text.Split(',').Select(part =>
                double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && (key == MeanKey || value > 0) ? value : double.NaN),
        ];
        return numbers.Length == input.Channels && !numbers.Any(double.IsNaN)
            ? numbers
            : throw new SafetensorsException(file, $"its record's \"{key}\" must be {input.Channels} numbers, one a channel; found \"{Shown.Of(text)}\".");
    }

    // What brings bytes to the scale 0 … 1.
    private static float[] Bytes(int count)
    {
        float[] scale = new float[count];
        Array.Fill(scale, 1f / 255f);
        return scale;
    }

    private static int At(Normalization each, int channel) => channel * (int)each.Shape.Pixels;

    private static double Mean(Normalization each, int channel) => each.Mean[At(each, channel)] / 255.0;

    private static double Deviation(Normalization each, int channel) => 1.0 / each.Scale[At(each, channel)] / 255.0;

    private static string Numbers(Normalization each, Func<Normalization, int, double> number, string format, string between) => string.Join(
        between, Enumerable.Range(0, each.Shape.Channels).Select(channel => number(each, channel).ToString(format, CultureInfo.InvariantCulture)));
}
