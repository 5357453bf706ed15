namespace ResNetGen.Data;

/// <summary>How pixel values become network input.</summary>
public enum NormalizationKind
{
    /// <summary>Divided by 255 only.</summary>
    None,

    /// <summary>The papers': the mean training picture is subtracted, pixel by pixel (arXiv 1512.03385, section 4.2).</summary>
    PerPixelMean,

    /// <summary>Mean subtracted and standard deviation divided, channel by channel.</summary>
    PerChannel,
}

/// <summary>
/// Turns bytes into floats: (value − mean) × scale, where mean is per pixel and scale per channel. Values are on the scale
/// 0 … 1 before the mean is subtracted.
/// </summary>
public sealed class Normalization
{
    private Normalization(NormalizationKind kind, float[] mean, float[] scale)
    {
        Kind = kind;
        Mean = mean;
        Scale = scale;
    }

    /// <summary>How it was made.</summary>
    public NormalizationKind Kind { get; }

    /// <summary>What is subtracted from each byte, on the scale 0 … 255: channels × height × width values.</summary>
    internal float[] Mean { get; }

    /// <summary>What the difference is multiplied by: channels × height × width values, constant within a channel.</summary>
    internal float[] Scale { get; }

    /// <summary>Measures the training pictures, and nothing but them: evaluation uses the same numbers.</summary>
    /// <param name="kind">Which normalisation.</param>
    /// <param name="train">The training pictures.</param>
    /// <exception cref="ArgumentException">The split is empty.</exception>
    public static Normalization Measure(NormalizationKind kind, ImageSplit train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Count == 0) throw new ArgumentException("Cannot measure the mean of an empty split.", nameof(train));
        int size = train.ImageSize;
        int plane = train.Shape.Height * train.Shape.Width;
        float[] mean = new float[size];
        float[] scale = new float[size];
        Array.Fill(scale, 1f / 255f);
        if (kind == NormalizationKind.None) return new Normalization(kind, mean, scale);

        // Integer sums are exact in any order: the result is the same on every machine.
        (long[] sums, long[] squares) = Sum(train);
        if (kind == NormalizationKind.PerPixelMean)
        {
            for (int i = 0; i < size; i++) mean[i] = (float)((double)sums[i] / train.Count);
            return new Normalization(kind, mean, scale);
        }
        for (int channel = 0; channel < train.Shape.Channels; channel++)
        {
            double n = (double)plane * train.Count;
            double average = sums.AsSpan(channel * plane, plane).ToArray().Sum() / n;
            double variance = Math.Max(0, squares[channel] / n - average * average);
            // A constant channel has nothing to scale.
            double deviation = variance > 0 ? Math.Sqrt(variance) : 255.0;
            mean.AsSpan(channel * plane, plane).Fill((float)average);
            scale.AsSpan(channel * plane, plane).Fill((float)(1.0 / deviation));
        }
        return new Normalization(kind, mean, scale);
    }

    /// <summary>Applies it to one picture.</summary>
    /// <param name="image">Bytes, channels × height × width.</param>
    /// <param name="output">As many floats, in the same order.</param>
    public void Apply(ReadOnlySpan<byte> image, Span<float> output) => PixelKernels.Normalize(image, Mean, Scale, output);

    private static (long[] Sums, long[] Squares) Sum(ImageSplit split)
    {
        int plane = split.Shape.Height * split.Shape.Width;
        long[] sums = new long[split.ImageSize];
        long[] squares = new long[split.Shape.Channels];
        for (int n = 0; n < split.Count; n++)
        {
            ReadOnlySpan<byte> image = split.Image(n);
            for (int channel = 0; channel < squares.Length; channel++)
            {
                long square = 0;
                int start = channel * plane;
                for (int i = start; i < start + plane; i++)
                {
                    sums[i] += image[i];
                    square += image[i] * image[i];
                }
                squares[channel] += square;
            }
        }
        return (sums, squares);
    }
}
