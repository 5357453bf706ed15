using ResNetGen.Data;

namespace ResNetGen.Evaluation;

/// <summary>Views that all have one size, by the loader that works ahead.</summary>
internal static class CropFeeder
{
    public static IEnumerable<PictureGroup> Groups(
        PictureSource source, Normalization normalization, IReadOnlyList<Geometry> views, EvaluationOptions options, bool channelsLast, CancellationToken cancellation)
    {
        int pictures = Math.Clamp(options.BatchSize / views.Count, 1, source.Count);
        using BatchLoader loader = new(source, normalization, BatchLoaderOptions.ForEvaluation(pictures, views) with
        {
            ChannelsLast = channelsLast,
            Workers = options.Workers,
            Prefetch = 2,
        });
        int first = 0;
        foreach (Batch batch in loader.Batches(cancellation))
        {
            yield return new PictureGroup(first, batch.Count, [new ViewBatch(batch.Images, Owners(batch.Count, views.Count))]);
            first += batch.Count;
        }
    }

    // All views of the first picture, then those of the second.
    private static int[] Owners(int pictures, int views) => [.. Enumerable.Range(0, pictures * views).Select(row => row / views)];
}
