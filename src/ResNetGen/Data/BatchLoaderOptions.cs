namespace ResNetGen.Data;

/// <summary>How batches are cut from a split.</summary>
public sealed record BatchLoaderOptions
{
    /// <summary>Pictures a batch.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Whether every epoch visits the pictures in an order of its own, drawn from <see cref="Seed"/>.</summary>
    public bool Shuffle { get; init; }

    /// <summary>
    /// What becomes of the last batch of an epoch when it is not full: true leaves it out (training: every step sees as many
    /// pictures), false hands it out short (evaluation: every picture counts).
    /// </summary>
    public bool DropLast { get; init; }

    /// <summary>What is done to each picture: crop, mirror, colours.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>
    /// Several views of each picture instead of the augmentation's one, such as <see cref="Geometry.TenCrop"/>: a batch then
    /// holds all views of its first picture, then those of the second, and so on, and one label a picture.
    /// </summary>
    public IReadOnlyList<Geometry> Views { get; init; } = [];

    /// <summary>Seed of order and augmentation.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Whether a batch lies in memory as N × H × W × C. The tensor is N × C × H × W either way; with true its strides are
    /// those of PyTorch's channels_last.
    /// </summary>
    public bool ChannelsLast { get; init; }

    /// <summary>
    /// Threads that prepare batches; 0 for one where the pictures lie in memory, and for every core where files have to be
    /// decoded. The batches are the same whatever the number.
    /// </summary>
    public int Workers { get; init; }

    /// <summary>
    /// Whether batches lie in page-locked memory, from which a GPU copies them by itself while the processor goes on. Needs a CUDA
    /// device.
    /// </summary>
    internal bool Pinned { get; init; }

    /// <summary>The part of each batch that is made here; <see cref="BatchSize"/> is that of the whole.</summary>
    internal BatchShare Share { get; init; } = BatchShare.Whole;

    /// <summary>Batches kept ready ahead of the consumer.</summary>
    public int Prefetch { get; init; } = 4;

    /// <summary>Epochs to hand out before the end; null never ends.</summary>
    public int? Epochs { get; init; }

    /// <summary>Where to start: the epoch, from 0.</summary>
    public int StartEpoch { get; init; }

    /// <summary>Where to start: the iteration within <see cref="StartEpoch"/>, from 0.</summary>
    public int StartIteration { get; init; }

    /// <summary>To train: shuffled, augmented, full batches only, without end.</summary>
    /// <param name="batchSize">Pictures a batch.</param>
    /// <param name="seed">Seed of order and augmentation.</param>
    /// <param name="augmentation">The papers' where null.</param>
    public static BatchLoaderOptions ForTraining(int batchSize, long seed, Augmentation? augmentation = null) => new()
    {
        BatchSize = batchSize,
        Seed = seed,
        Shuffle = true,
        DropLast = true,
        Augmentation = augmentation ?? Augmentation.Cifar,
    };

    /// <summary>To evaluate: one pass in file order, nothing left out.</summary>
    /// <param name="batchSize">Pictures a batch.</param>
    /// <param name="views">What is shown of each picture; the picture as it is, where none is given.</param>
    public static BatchLoaderOptions ForEvaluation(int batchSize, params IReadOnlyList<Geometry> views) =>
        new() { BatchSize = batchSize, Epochs = 1, Views = views };
}
