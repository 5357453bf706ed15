using ResNetGen.Data;

namespace ResNetGen.Evaluation;

/// <summary>Views that all have one size, by the loader that works ahead.</summary>
internal static class CropFeeder
{
    /// <summary>Pictures that go through the network at once.</summary>
    public static int PicturesAtOnce(PictureSource source, IReadOnlyList<Geometry> views, EvaluationOptions options) =>
        Math.Clamp(options.BatchSize / views.Count, 1, source.Count);

    /// <param name="source">The pictures.</param>
    /// <param name="normalization">Their normalisation.</param>
    /// <param name="views">What is shown of each.</param>
    /// <param name="options">How many at once.</param>
    /// <param name="channelsLast">How they lie in memory.</param>
    /// <param name="range">Which pictures: a whole number of groups, unless it ends with the last.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IEnumerable<PictureGroup> Groups(
        PictureSource source, Normalization normalization, IReadOnlyList<Geometry> views, EvaluationOptions options, bool channelsLast,
        PictureRange range, CancellationToken cancellation)
    {
        int pictures = PicturesAtOnce(source, views, options);
        if (range.Count == 0)
        {
            yield break;
        }

        using BatchLoader loader = new(source, normalization, BatchLoaderOptions.ForEvaluation(pictures, views) with
        {
            ChannelsLast = channelsLast,
            Workers = options.Workers,
            Prefetch = 2,
            StartIteration = range.First / pictures,
        });
        int first = range.First;
        foreach (Batch batch in loader.Batches(cancellation))
        {
            yield return new PictureGroup(first, batch.Count, [new ViewBatch(batch.Images, Owners(batch.Count, views.Count))]);
            first += batch.Count;
            if (first >= range.End)
            {
                yield break;
            }
        }
    }

    // All views of the first picture, then those of the second.
    private static int[] Owners(int pictures, int views) => [.. Enumerable.Range(0, pictures * views).Select(row => row / views)];
}
