namespace ResNetGen.Data;

/// <summary>
/// Writes one batch into memory of the caller's: which pictures, in which order, changed how, is a pure function of
/// (options, epoch, iteration). Knows nothing of tensors or threads; any number of threads may use one renderer.
/// </summary>
public sealed class BatchRenderer
{
    private readonly ImageSplit split;
    private readonly Normalization normalization;
    private readonly BatchLoaderOptions options;
    private readonly Lock ordersLock = new();
    private readonly Dictionary<int, int[]> orders = [];

    /// <summary>Makes the renderer.</summary>
    /// <param name="split">The pictures.</param>
    /// <param name="normalization">Measured on the training pictures.</param>
    /// <param name="options">Batch size, order, augmentation and layout.</param>
    /// <exception cref="BadInputException">The batch size is not one that the split can serve.</exception>
    public BatchRenderer(ImageSplit split, Normalization normalization, BatchLoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(normalization);
        ArgumentNullException.ThrowIfNull(options);
        if (options.BatchSize < 1)
            throw new BadInputException($"Batch size {options.BatchSize}: expected at least 1.");
        if (options.DropLast && options.BatchSize > split.Count)
            throw new BadInputException($"Batch size {options.BatchSize} is more than the {split.Count} pictures of the {split.Name} split, so there would be no full batch. Use at most {split.Count}.");
        if ((long)options.BatchSize * split.ImageSize * sizeof(float) > int.MaxValue)
            throw new BadInputException(
                $"Batch size {options.BatchSize} takes {(long)options.BatchSize * split.ImageSize * sizeof(float):N0} bytes of input; one batch may take 2 GiB, that is {int.MaxValue / (split.ImageSize * sizeof(float)):N0} pictures. Use a smaller batch.");
        this.split = split;
        this.normalization = normalization;
        this.options = options;
    }

    /// <summary>Batches of one epoch, a last short one counted unless it is left out.</summary>
    public int BatchesPerEpoch => options.DropLast
        ? split.Count / options.BatchSize
        : (int)(((long)split.Count + options.BatchSize - 1) / options.BatchSize);

    /// <summary>Pictures in one batch: the batch size, or fewer in a last short one.</summary>
    /// <param name="iteration">The iteration within its epoch, from 0.</param>
    public int CountAt(int iteration) => (int)Math.Min(options.BatchSize, split.Count - (long)iteration * options.BatchSize);

    /// <summary>Writes a batch.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="iteration">The iteration within the epoch, from 0.</param>
    /// <param name="images">Room for the pictures: N × C × H × W floats, or N × H × W × C when channels come last.</param>
    /// <param name="labels">Room for the labels.</param>
    /// <returns>Number of pictures written.</returns>
    public int Render(int epoch, int iteration, Span<float> images, Span<long> labels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(iteration);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(iteration, BatchesPerEpoch);
        int[] order = OrderOf(epoch);
        int size = split.ImageSize;
        int count = CountAt(iteration);
        bool direct = options.Augmentation == Augmentation.None && !options.ChannelsLast;
        Span<float> picture = size <= 8192 ? stackalloc float[size] : new float[size];
        for (int i = 0; i < count; i++)
        {
            int position = iteration * options.BatchSize + i;
            int index = order[position];
            labels[i] = split.Labels[index];
            Span<float> target = images.Slice(i * size, size);
            if (direct)
            {
                normalization.Apply(split.Image(index), target);
                continue;
            }
            normalization.Apply(split.Image(index), picture);
            (int top, int left, bool mirror) = options.Augmentation.Decide(options.Seed, epoch, position);
            if (options.ChannelsLast)
                PixelKernels.CropInterleaved(picture, split.Shape, options.Augmentation.Padding, top, left, mirror, target);
            else
                PixelKernels.CropPlanar(picture, split.Shape, options.Augmentation.Padding, top, left, mirror, target);
        }
        return count;
    }

    /// <summary>The order of an epoch. Batches are prepared across the end of an epoch, so the last few orders are kept.</summary>
    private int[] OrderOf(int epoch)
    {
        int key = options.Shuffle ? epoch : 0;
        lock (ordersLock)
        {
            if (orders.TryGetValue(key, out int[]? order)) return order;
            if (orders.Count >= 3) orders.Remove(orders.Keys.Min());
            return orders[key] = EpochOrder.Create(split.Count, options.Seed, epoch, options.Shuffle);
        }
    }
}
