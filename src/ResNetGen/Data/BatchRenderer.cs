using System.Collections.Concurrent;
using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>
/// Writes one batch into memory of the caller's: which pictures, in which order, changed how, is a pure function of
/// (options, epoch, iteration). Knows nothing of tensors or threads; any number of threads may use one renderer.
/// </summary>
public sealed class BatchRenderer
{
    private readonly PictureSource source;
    private readonly BatchLoaderOptions options;
    private readonly PicturePipeline pipeline;
    private readonly IReadOnlyList<Geometry> views;
    private readonly ConcurrentBag<Picture> pictures = [];
    private readonly Lock ordersLock = new();
    private readonly Dictionary<int, int[]> orders = [];

    /// <summary>Makes the renderer.</summary>
    /// <param name="source">The pictures.</param>
    /// <param name="normalization">Measured on the training pictures.</param>
    /// <param name="options">Batch size, order, augmentation and layout.</param>
    /// <exception cref="BadInputException">The batch size, or what is done to the pictures, is not what the source can serve.</exception>
    public BatchRenderer(PictureSource source, Normalization normalization, BatchLoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(normalization);
        ArgumentNullException.ThrowIfNull(options);
        if (options.BatchSize < 1)
            throw new BadInputException($"Batch size {options.BatchSize}: expected at least 1.");
        if (options.DropLast && options.BatchSize > source.Count)
            throw new BadInputException($"Batch size {options.BatchSize} is more than the {source.Count} pictures of the {source.Name} split, so there would be no full batch. Use at most {source.Count}.");
        this.source = source;
        this.options = options;
        pipeline = new PicturePipeline(source, normalization, options.Augmentation, options.ChannelsLast);
        views = options.Views.Count > 0 ? options.Views : [options.Augmentation.Geometry];
        OutputShape = pipeline.OutputOf(views[0]);
        foreach (Geometry view in views)
            if (pipeline.OutputOf(view) != OutputShape)
                throw new BadInputException($"The views of one batch must be of one size: \"{views[0]}\" gives {OutputShape}, \"{view}\" gives {pipeline.OutputOf(view)}.");
        if ((options.Augmentation.ChangesColour || options.Augmentation.RandAugment is not null) && source.Shape.Channels != 3)
            throw new BadInputException($"\"{options.Augmentation}\" changes red, green and blue; the pictures of {source.Name} have {source.Shape.Channels} channels. Leave the colours out.");
        long bytes = OutputShape.Elements * views.Count * sizeof(float);
        int here = options.Share.CountOf(options.BatchSize);
        if (here * bytes > int.MaxValue)
            throw new BadInputException(
                $"Batch size {here} takes {here * bytes:N0} bytes of input; one batch may take 2 GiB, that is {int.MaxValue / bytes:N0} pictures. Use a smaller batch.");
    }

    /// <summary>Shape of every picture of a batch: the source's, or what the geometry makes of it.</summary>
    public Shape OutputShape { get; }

    /// <summary>Views of each picture: 1, or as many as <see cref="BatchLoaderOptions.Views"/> has.</summary>
    public int ViewsPerPicture => views.Count;

    /// <summary>Batches of one epoch, a last short one counted unless it is left out.</summary>
    public int BatchesPerEpoch => options.DropLast
        ? source.Count / options.BatchSize
        : (int)(((long)source.Count + options.BatchSize - 1) / options.BatchSize);

    /// <summary>Pictures in one batch: the batch size, or fewer in a last short one.</summary>
    /// <param name="iteration">The iteration within its epoch, from 0.</param>
    public int CountAt(int iteration) => options.Share.CountOf(WholeAt(iteration));

    /// <summary>The runs of positions of an epoch that a batch, or this part of it, consists of.</summary>
    internal IEnumerable<(long First, int Count)> RunsAt(int iteration) =>
        options.Share.Runs(WholeAt(iteration)).Select(run => ((long)iteration * options.BatchSize + run.First, run.Count));

    private int WholeAt(int iteration) => (int)Math.Min(options.BatchSize, source.Count - (long)iteration * options.BatchSize);

    /// <summary>Writes a batch.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="iteration">The iteration within the epoch, from 0.</param>
    /// <param name="images">Room for the pictures, all views of one after another: N × C × H × W floats, or N × H × W × C when channels come last.</param>
    /// <param name="labels">Room for the labels, one a picture.</param>
    /// <returns>Number of pictures written.</returns>
    /// <exception cref="BadInputException">A picture cannot be read; the message names it.</exception>
    public int Render(int epoch, int iteration, Span<float> images, Span<long> labels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(iteration);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(iteration, BatchesPerEpoch);
        int count = CountAt(iteration);
        Render(epoch, iteration, 0, count, images, labels);
        return count;
    }

    /// <summary>Writes some of the pictures of a batch, each to its own place in it.</summary>
    internal void Render(int epoch, int iteration, int first, int count, Span<float> images, Span<long> labels)
    {
        int[] order = OrderOf(epoch);
        int size = (int)OutputShape.Elements;
        int whole = WholeAt(iteration);
        if (!pictures.TryTake(out Picture? picture)) picture = new Picture();
        for (int i = first; i < first + count; i++)
        {
            int position = iteration * options.BatchSize + options.Share.RowAt(whole, i);
            int index = order[position];
            labels[i] = source.Labels[index];
            source.Load(index, picture);
            PictureDraw draw = new(options.Seed, epoch, position);
            for (int view = 0; view < views.Count; view++)
                pipeline.Render(picture, index, views[view], draw, images.Slice((i * views.Count + view) * size, size));
        }
        pictures.Add(picture);
    }

    /// <summary>The order of an epoch. Batches are prepared across the end of an epoch, so the last few orders are kept.</summary>
    private int[] OrderOf(int epoch)
    {
        int key = options.Shuffle ? epoch : 0;
        lock (ordersLock)
        {
            if (orders.TryGetValue(key, out int[]? order)) return order;
            if (orders.Count >= 3) orders.Remove(orders.Keys.Min());
            return orders[key] = EpochOrder.Create(source.Count, options.Seed, epoch, options.Shuffle);
        }
    }
}
