using ResNetGen.Architecture;
using static TorchSharp.torch;

namespace ResNetGen.Data;

/// <summary>
/// Batches cut where the pictures lie: on a GPU that holds the whole set, a batch costs a few small kernels and no copy. Which
/// pictures, in which order, where cut and whether mirrored are the same functions of (seed, epoch, position) as in
/// <see cref="BatchRenderer"/>, and subtraction and product are rounded one by one as there: the values are its own, bit for bit.
/// </summary>
internal sealed class DeviceBatchLoader : IBatchStream
{
    private readonly DevicePictures _pictures;
    private readonly BatchLoaderOptions _options;
    private readonly BatchRenderer _shape;
    private readonly EpochTables _tables;
    private readonly long _end;
    private long _next;

    /// <param name="pictures">The set, on its device; it stays the caller's.</param>
    /// <param name="normalization">Measured on the training pictures; for messages only, the pictures know it.</param>
    /// <param name="options">Batch size, order, augmentation, layout and where to start.</param>
    /// <exception cref="BadInputException">The batch size is not one that the source can serve.</exception>
    public DeviceBatchLoader(DevicePictures pictures, Normalization normalization, BatchLoaderOptions options)
    {
        if (!Takes(pictures.Source, options))
        {
            throw new ArgumentException($"\"{options.Augmentation}\" is not done on the device: expected {nameof(Takes)} to be asked first.", nameof(options));
        }

        // The same checks, with the same messages, and the same count of batches.
        _shape = new BatchRenderer(pictures.Source, normalization, options);
        _pictures = pictures;
        _options = options;
        _tables = new EpochTables(pictures, options);
        _next = (long)options.StartEpoch * _shape.BatchesPerEpoch + options.StartIteration;
        _end = _shape.BatchesPerEpoch == 0 ? _next
            : options.Epochs is { } epochs ? (options.StartEpoch + (long)epochs) * _shape.BatchesPerEpoch
            : long.MaxValue;
    }

    /// <summary>
    /// Whether such batches can be made there: pictures of one size in memory, cut without resizing, their colours as they are.
    /// </summary>
    public static bool Takes(PictureSource source, BatchLoaderOptions options) =>
        source is ImageSplit { Count: > 0 } split
        && split.Pixels.Length > 0
        && options.Views.Count == 0
        && options.Augmentation is { ChangesColour: false, RandAugment: null, Geometry: WholePicture or PadAndCrop }
        && options.Augmentation.Geometry.Side is null;

    /// <inheritdoc/>
    public Batch? Next(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_next >= _end)
        {
            return null;
        }

        (long epoch, long iteration) = Math.DivRem(_next++, _shape.BatchesPerEpoch);
        using EpochTables.Part part = _tables.Take(checked((int)epoch), _shape.RunsAt((int)iteration));
        (Tensor images, Tensor labels) = _pictures.Cut(part, _options.ChannelsLast);
        return new Batch(images, labels, (int)epoch, (int)iteration, iteration == _shape.BatchesPerEpoch - 1);
    }

    public void Dispose() => _tables.Dispose();
}
