using System.Runtime.InteropServices;
using ResNetGen.Architecture;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Data;

/// <summary>
/// Renders pictures one at a time, at any geometry, also those that differ in size from picture to picture: dense and
/// multi-scale evaluation. What fits into batches is faster with a <see cref="BatchLoader"/>, which works ahead.
/// </summary>
/// <remarks>For one thread; take one for each.</remarks>
public sealed class PictureRenderer
{
    private readonly PictureSource source;
    private readonly PicturePipeline pipeline;
    private readonly Picture picture = new();
    private int loaded = -1;

    /// <summary>Makes the renderer.</summary>
    /// <param name="source">The pictures.</param>
    /// <param name="normalization">Measured on the training pictures.</param>
    public PictureRenderer(PictureSource source, Normalization normalization)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(normalization);
        this.source = source;
        pipeline = new PicturePipeline(source, normalization, Augmentation.None, channelsLast: false);
    }

    /// <summary>Renders one picture. The same picture at several geometries is read once.</summary>
    /// <param name="index">Which picture, 0 … count − 1.</param>
    /// <param name="geometry">Where to look, at which size; none of the random ones.</param>
    /// <returns>The picture, 1 × C × H × W, float32 on the CPU; the caller disposes it.</returns>
    /// <exception cref="BadInputException">The picture cannot be read, or its size does not fit the geometry.</exception>
    public Tensor Render(int index, Geometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, source.Count);
        if (geometry.IsRandom) throw new ArgumentException($"\"{geometry}\" is random; a single picture is rendered by a fixed geometry.", nameof(geometry));
        if (loaded != index)
        {
            loaded = -1;
            source.Load(index, picture);
            loaded = index;
        }
        PictureView view = pipeline.ViewOf(picture, index, geometry, default);
        Tensor tensor = empty(1, source.Shape.Channels, view.Window.Height, view.Window.Width, dtype: ScalarType.Float32);
        pipeline.Render(picture, index, geometry, default, MemoryMarshal.Cast<byte, float>(tensor.bytes));
        return tensor;
    }
}
