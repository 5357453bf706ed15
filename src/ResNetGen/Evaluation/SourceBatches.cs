using ResNetGen.Data;
using ResNetGen.Native;
using static TorchSharp.torch;

namespace ResNetGen.Evaluation;

/// <summary>Batches of a source, brought to where a network stands.</summary>
internal static class SourceBatches
{
    /// <summary>The pictures as an evaluation shows them once, in their order.</summary>
    /// <param name="network">The network.</param>
    /// <param name="source">The pictures.</param>
    /// <param name="normalization">Their normalisation.</param>
    /// <param name="batchSize">Pictures in a batch.</param>
    /// <param name="limit">The most pictures; null for all.</param>
    public static IEnumerable<(Tensor Images, Tensor Labels)> InOrder(
        nn.Module network, PictureSource source, Normalization normalization, int batchSize, int? limit)
    {
        int count = Math.Min(limit ?? source.Count, source.Count);
        if (count < 1 || batchSize < 1)
        {
            throw new BadInputException(
                $"Batches of {batchSize} from {count} pictures of the {source.Name} split: expected at least one of each.");
        }

        // A last batch that reaches beyond the limit is cut.
        BatchLoaderOptions options = BatchLoaderOptions.ForEvaluation(Math.Min(batchSize, count), EvaluationProtocol.For(source).Views);
        foreach ((Tensor images, Tensor labels) in Of(network, source, normalization, options))
        {
            if (images.size(0) < count)
            {
                count -= (int)images.size(0);
                yield return (images, labels);
                continue;
            }

            using Tensor lastImages = images.narrow(0, 0, count);
            using Tensor lastLabels = labels.narrow(0, 0, count);
            yield return (lastImages, lastLabels);
            yield break;
        }
    }

    /// <summary>Batches as a loader makes them; each is there until the next one is asked for.</summary>
    public static IEnumerable<(Tensor Images, Tensor Labels)> Of(
        nn.Module network, PictureSource source, Normalization normalization, BatchLoaderOptions options)
    {
        Device device = network.parameters().FirstOrDefault()?.device ?? CPU;
        using BatchLoader loader = new(source, normalization, options with
        {
            ChannelsLast = MemoryFormat.IsAvailable,
            Workers = Math.Clamp(Environment.ProcessorCount, 1, 8),
        });
        foreach (Batch batch in loader.Batches())
        {
            Tensor images = batch.Images.to(device);
            Tensor labels = batch.Labels.to(device);
            try
            {
                yield return (images, labels);
            }
            finally
            {
                Release(images, batch.Images);
                Release(labels, batch.Labels);
            }
        }
    }

    // On the same device it may be the loader's own.
    private static void Release(Tensor moved, Tensor own)
    {
        if (!ReferenceEquals(moved, own))
        {
            moved.Dispose();
        }
    }
}
