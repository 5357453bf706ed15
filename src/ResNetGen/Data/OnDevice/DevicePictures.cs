using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Data;

/// <summary>
/// A whole set of pictures on a device, as the bytes that they are (CIFAR's 50,000 training pictures take 147 MiB), with what
/// normalises them.
/// </summary>
internal sealed class DevicePictures : IDisposable
{
    private readonly Tensor _pixels;
    private readonly Tensor _labels;
    private readonly Tensor _mean;
    private readonly Tensor _scale;

    // Where the pixels of a cut-out lie in the padded picture, counted from its corner: as they are, and mirrored. [2, H·W].
    private readonly Tensor _places;

    /// <summary>Copies the set there.</summary>
    /// <param name="source">The pictures.</param>
    /// <param name="normalization">Measured on the training pictures.</param>
    /// <param name="padding">Zeros on every side once they are normalised, in pixels; 0 for none.</param>
    /// <param name="device">Where to.</param>
    public DevicePictures(ImageSplit source, Normalization normalization, int padding, Device device)
    {
        Source = source;
        Padding = padding;
        Device = device;
        (long channels, long height, long width) = (source.Shape.Channels, source.Shape.Height, source.Shape.Width);
        using DisposeScope scope = NewDisposeScope();
        Tensor pixels = empty(source.Count, channels, height, width, dtype: ScalarType.Byte);
        source.Pixels.Span.CopyTo(pixels.bytes);
        _pixels = Keep(pixels);
        _labels = Keep(tensor(Array.ConvertAll(source.Labels.ToArray(), static label => (long)label)));
        _mean = Keep(tensor(normalization.Mean).reshape(channels, height, width));
        _scale = Keep(tensor(normalization.Scale).reshape(channels, height, width));
        _places = Keep(tensor(Places((int)height, (int)width, (int)width + (2 * padding))).reshape(2, height * width));

        Tensor Keep(Tensor made) => made.to(device).DetachFromDisposeScope();
    }

    /// <summary>The pictures.</summary>
    public ImageSplit Source { get; }

    /// <summary>Zeros around each.</summary>
    public int Padding { get; }

    /// <summary>Where they lie.</summary>
    public Device Device { get; }

    /// <summary>Cuts a batch: float32 [N, C, H, W] and int64 [N], in no dispose scope.</summary>
    /// <param name="part">Which pictures, cut where.</param>
    /// <param name="channelsLast">Whether they are to lie N × H × W × C.</param>
    public (Tensor Images, Tensor Labels) Cut(EpochTables.Part part, bool channelsLast)
    {
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        (long channels, long height, long width) = (Source.Shape.Channels, Source.Shape.Height, Source.Shape.Width);
        long count = part.Pictures.size(0);

        // One by one, not as one multiply-add: the processor's vectors round after the subtraction, too.
        Tensor values = _pixels.index_select(0, part.Pictures).to(ScalarType.Float32).sub_(_mean).mul_(_scale);
        Tensor padded = Padding == 0 ? values : nn.functional.pad(values, [Padding, Padding, Padding, Padding]);
        Tensor places = _places.index_select(0, part.Mirrors).add_(part.Corners.unsqueeze(1));
        Tensor cut = padded
            .reshape(count, channels, (height + (2 * Padding)) * (width + (2 * Padding)))
            .gather(2, places.unsqueeze(1).expand(count, channels, height * width))
            .reshape(count, channels, height, width);
        Tensor images = channelsLast ? MemoryFormat.ChannelsLast(cut) : cut;
        return (images.DetachFromDisposeScope(), _labels.index_select(0, part.Pictures).DetachFromDisposeScope());
    }

    public void Dispose()
    {
        _pixels.Dispose();
        _labels.Dispose();
        _mean.Dispose();
        _scale.Dispose();
        _places.Dispose();
    }

    private static long[] Places(int height, int width, int row)
    {
        long[] places = new long[2 * height * width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                places[(y * width) + x] = (y * (long)row) + x;
                places[(height * width) + (y * width) + x] = (y * (long)row) + width - 1 - x;
            }
        }

        return places;
    }
}
