using ResNetGen.Data;
using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// The training batches of a run by iteration, from wherever it starts. Where epochs are cut short
/// (<see cref="TrainerOptions.LimitBatches"/>), the next one still begins with an order of its own. For a GPU, pictures of one size
/// that lie in memory are copied there once and cut there; others are copied ahead of use.
/// </summary>
internal sealed class BatchSource : IDisposable
{
    private readonly PictureSource _split;
    private readonly Normalization _normalization;
    private readonly BatchLoaderOptions _options;
    private readonly bool _cut;
    private readonly Device _device;
    private DevicePictures? _pictures;
    private IBatchStream? _loader;

    public BatchSource(PictureSource split, Normalization normalization, BatchLoaderOptions options, int? limit, Device? device = null)
    {
        int full = new BatchRenderer(split, normalization, options).BatchesPerEpoch;
        _split = split;
        _normalization = normalization;
        _device = device ?? CPU;
        _options = options with { Pinned = _device.type == DeviceType.CUDA && DeviceStream.IsAvailable };
        IterationsPerEpoch = Math.Min(full, limit ?? full);
        _cut = IterationsPerEpoch < full;
    }

    /// <summary>Iterations of one pass, after the limit.</summary>
    public int IterationsPerEpoch { get; }

    /// <summary>The batch of the step after <paramref name="iteration"/> finished ones; asked for in order.</summary>
    public Batch Next(long iteration, CancellationToken cancellation)
    {
        (long epoch, long within) = Math.DivRem(iteration, IterationsPerEpoch);
        if (_cut && within == 0)
        {
            _loader?.Dispose();
            _loader = null;
        }

        _loader ??= Open(_options with
        {
            StartEpoch = checked((int)epoch),
            StartIteration = (int)within,
        });
        return _loader.Next(cancellation) ?? throw new InvalidOperationException("The training batches came to an end.");
    }

    public void Dispose()
    {
        _loader?.Dispose();
        _pictures?.Dispose();
    }

    private IBatchStream Open(BatchLoaderOptions options)
    {
        if (_device.type == DeviceType.CPU)
        {
            return new BatchLoader(_split, _normalization, options);
        }

        if (_split is ImageSplit split && DeviceBatchLoader.Takes(split, options))
        {
            _pictures ??= new DevicePictures(split, _normalization, (options.Augmentation.Geometry as PadAndCrop)?.Padding ?? 0, _device);
            return new DeviceBatchLoader(_pictures, _normalization, options);
        }

        BatchLoader loader = new(_split, _normalization, options);
        return DeviceStream.IsAvailable ? new UploadingLoader(loader, _device) : loader;
    }
}
