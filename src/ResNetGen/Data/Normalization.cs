using ResNetGen.Architecture;
using ResNetGen.Weights;

namespace ResNetGen.Data;

/// <summary>
/// Turns bytes into floats: (value − mean) × scale, where mean is per pixel or per channel and scale per channel. Values are
/// on the scale 0 … 1 before the mean is subtracted.
/// </summary>
public sealed class Normalization
{
    private static readonly double[] ImageNetMean = [0.485, 0.456, 0.406];
    private static readonly double[] ImageNetDeviation = [0.229, 0.224, 0.225];

    private readonly Shape shape;
    private readonly float[] channelMean;
    private readonly float[] channelScale;

    private Normalization(NormalizationKind kind, Shape shape, float[] mean, float[] scale)
    {
        Kind = kind;
        this.shape = shape;
        Mean = mean;
        Scale = scale;
        int plane = (int)shape.Pixels;
        channelMean = new float[shape.Channels];
        channelScale = new float[shape.Channels];
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            double sum = 0;
            foreach (float value in mean.AsSpan(channel * plane, plane)) sum += value;
            channelMean[channel] = (float)(sum / plane);
            channelScale[channel] = scale[channel * plane];
        }
    }

    /// <summary>How it was made.</summary>
    public NormalizationKind Kind { get; }

    /// <summary>Shape of the pictures that it was measured on.</summary>
    internal Shape Shape => shape;

    /// <summary>What is subtracted from each byte, on the scale 0 … 255: channels × height × width values.</summary>
    internal float[] Mean { get; }

    /// <summary>What the difference is multiplied by: channels × height × width values, constant within a channel.</summary>
    internal float[] Scale { get; }

    /// <summary>One by known numbers, such as those of published weights.</summary>
    /// <param name="shape">Shape of the network's input.</param>
    /// <param name="mean">What is subtracted from each channel, where values go from 0 to 1.</param>
    /// <param name="deviation">What each channel's difference is divided by; above 0.</param>
    /// <exception cref="ArgumentException">There is not one number a channel, or one is not finite or no divisor.</exception>
    public static Normalization PerChannel(Shape shape, IReadOnlyList<double> mean, IReadOnlyList<double> deviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(deviation);
        if (mean.Count != shape.Channels || deviation.Count != shape.Channels)
            throw new ArgumentException($"A normalisation of {shape.Channels} channels takes as many means and deviations; got {mean.Count} and {deviation.Count}.");
        if (!mean.All(double.IsFinite) || !deviation.All(static each => double.IsFinite(each) && each > 0))
            throw new ArgumentException("A mean is not a finite number, or a deviation is not a positive one.");

        return NormalizationText.ByChannel(NormalizationKind.PerChannel, shape, [.. mean], [.. deviation]);
    }

    /// <summary>One that was measured elsewhere, as a file of weights records it.</summary>
    internal static Normalization Of(NormalizationKind kind, Shape shape, float[] mean, float[] scale) => new(kind, shape, mean, scale);

    /// <summary>
    /// Measures the training pictures, and nothing but them: evaluation uses the same numbers. Of pictures that vary in size,
    /// a sample is measured: at most 5,000, evenly spread over the source, each the centre of the picture resized to 8/7 of
    /// the input's shorter side (256 for 224).
    /// </summary>
    /// <param name="kind">Which normalisation.</param>
    /// <param name="train">The training pictures.</param>
    /// <param name="cancellation">Gives the reading of files up. Pictures in memory take a moment, and are measured to the end.</param>
    /// <exception cref="BadInputException">There are no pictures, one cannot be read, or the normalisation is for colour pictures only.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static Normalization Measure(NormalizationKind kind, PictureSource train, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Count == 0) throw new BadInputException($"The {train.Name} split has no pictures; expected one at least to make a normalisation for. Give the pictures that are trained on.");
        (float[] mean, float[] scale) = (new float[train.ImageSize], new float[train.ImageSize]);
        Array.Fill(scale, 1f / 255f);
        switch (kind)
        {
            case NormalizationKind.PerPixelMean:
                PictureSums.Measure(train, cancellation).WriteMeans(mean);
                break;
            case NormalizationKind.PerChannel:
                PictureSums.Measure(train, cancellation).WriteChannels(mean, scale);
                break;
            case NormalizationKind.ImageNet when train.Shape.Channels != 3:
                throw new BadInputException($"ImageNet's means are those of red, green and blue; the pictures of {train.Name} have {train.Shape.Channels} channels. Choose another normalisation.");
            case NormalizationKind.ImageNet:
                int plane = (int)train.Shape.Pixels;
                for (int channel = 0; channel < 3; channel++)
                {
                    mean.AsSpan(channel * plane, plane).Fill((float)(255 * ImageNetMean[channel]));
                    scale.AsSpan(channel * plane, plane).Fill((float)(1 / (255 * ImageNetDeviation[channel])));
                }
                break;
        }
        return new Normalization(kind, train.Shape, mean, scale);
    }

    /// <summary>Applies it to one picture.</summary>
    /// <param name="image">Bytes, channels × height × width.</param>
    /// <param name="output">As many floats, in the same order.</param>
    public void Apply(ReadOnlySpan<byte> image, Span<float> output) => PixelKernels.Normalize(image, Mean, Scale, output);

    /// <summary>
    /// Applies it to a picture of any size. A mean picture has one size; for others the mean of each of its channels takes its
    /// place.
    /// </summary>
    internal void Apply(ReadOnlySpan<byte> image, Shape size, Span<float> output)
    {
        if (size == shape)
        {
            Apply(image, output);
            return;
        }
        int plane = (int)size.Pixels;
        for (int channel = 0; channel < size.Channels; channel++)
            PixelKernels.Normalize(image.Slice(channel * plane, plane), channelMean[channel], channelScale[channel], output.Slice(channel * plane, plane));
    }

    /// <summary>The same for values that are floats already, on the scale 0 … 255, in place.</summary>
    internal void Apply(Span<float> values, Shape size)
    {
        int plane = (int)size.Pixels;
        for (int channel = 0; channel < size.Channels; channel++)
        {
            Span<float> part = values.Slice(channel * plane, plane);
            if (size == shape) PixelKernels.Normalize(part, Mean.AsSpan(channel * plane, plane), channelScale[channel]);
            else PixelKernels.Normalize(part, channelMean[channel], channelScale[channel]);
        }
    }
}
