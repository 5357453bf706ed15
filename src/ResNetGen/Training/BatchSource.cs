using ResNetGen.Data;

namespace ResNetGen.Training;

/// <summary>
/// The training batches of a run by iteration, from wherever it starts. Where epochs are cut short
/// (<see cref="TrainerOptions.LimitBatches"/>), the next one still begins with an order of its own.
/// </summary>
internal sealed class BatchSource : IDisposable
{
    private readonly PictureSource _split;
    private readonly Normalization _normalization;
    private readonly BatchLoaderOptions _options;
    private readonly bool _cut;
    private BatchLoader? _loader;

    public BatchSource(PictureSource split, Normalization normalization, BatchLoaderOptions options, int? limit)
    {
        int full = new BatchRenderer(split, normalization, options).BatchesPerEpoch;
        _split = split;
        _normalization = normalization;
        _options = options;
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

        _loader ??= new BatchLoader(_split, _normalization, _options with
        {
            StartEpoch = checked((int)epoch),
            StartIteration = (int)within,
        });
        return _loader.Next(cancellation) ?? throw new InvalidOperationException("The training batches came to an end.");
    }

    public void Dispose() => _loader?.Dispose();
}
