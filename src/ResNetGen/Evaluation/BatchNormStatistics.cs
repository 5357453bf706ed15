using ResNetGen.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Evaluation;

/// <summary>
/// The statistics that batch normalisation uses after training. While a network trains, they are moving averages that the last
/// dozens of batches rule; those of the original ResNet models are true averages over a large number of training batches, computed after
/// training.
/// </summary>
public static class BatchNormStatistics
{
    /// <summary>
    /// Replaces the running means and variances of all batch normalisations by their averages over batches of training pictures, in a random
    /// order.
    /// </summary>
    /// <param name="network">The network, on any device.</param>
    /// <param name="train">The pictures that it was trained on.</param>
    /// <param name="normalization">Their normalisation.</param>
    /// <param name="options">How many batches, how large, augmented or not; null is one epoch of 128 without augmentation.</param>
    /// <returns>Number of batches.</returns>
    /// <exception cref="BadInputException">There are fewer pictures than a batch has, or one cannot be read; the statistics are as before.</exception>
    public static int RecomputeBatchNorm(
        this nn.Module<Tensor, Tensor> network, PictureSource train, Normalization normalization, BatchNormOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(normalization);
        options ??= new BatchNormOptions();
        if (options.Batches is < 1)
        {
            throw new BadInputException($"BatchNormOptions.Batches = {options.Batches}: expected at least 1, or null for an epoch.");
        }

        BatchLoaderOptions loading = BatchLoaderOptions.ForTraining(options.BatchSize, options.Seed, options.Augmentation ?? Augmentation.None) with
        {
            Epochs = 1,
            Views = options.Augmentation is null ? EvaluationProtocol.For(train).Views : [],
        };
        return network.RecomputeBatchNorm(
            SourceBatches.Of(network, train, normalization, loading).Take(options.Batches ?? int.MaxValue).Select(static batch => batch.Images));
    }

    /// <summary>
    /// Replaces the running means and variances of all batch normalisations by their averages over batches of training images:
    /// each batch counts the same, and the variance is the average of the batches' (unbiased) variances, as in PyTorch's
    /// <c>update_bn</c>. The layers' momentum is as before afterwards.
    /// </summary>
    /// <remarks>
    /// Only the normalisations run as in training; dropout and the like are off, as they will be when the statistics are used. Weights do
    /// not change; where this fails, or the batches do, the statistics do not either. The images should be those the network was trained on, in batches of the size it was trained with; He et al. do
    /// not say whether theirs were augmented: give the batches that you mean.
    /// </remarks>
    /// <param name="network">The network, on any device.</param>
    /// <param name="batches">Batches of images [N, C, H, W] on the network's device; they stay the caller's.</param>
    /// <returns>Number of batches.</returns>
    /// <exception cref="BadInputException">There is no batch.</exception>
    public static int RecomputeBatchNorm(this nn.Module<Tensor, Tensor> network, IEnumerable<Tensor> batches)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batches);
        BatchNorm[] layers = [.. network.modules().OfType<BatchNorm>().Where(static layer => layer.track_running_stats)];
        double?[] momenta = [.. layers.Select(static layer => layer.momentum)];
        using ModuleModes modes = ModuleModes.Evaluation(network);
        using StatisticsKeeper before = new(network);
        using IDisposable guard = no_grad();
        int count = 0;
        try
        {
            foreach (Tensor images in batches)
            {
                // A share of 1/n for the n-th batch makes the average of all of them; the first one replaces what was there.
                count++;
                foreach (BatchNorm layer in layers)
                {
                    if (count == 1)
                    {
                        layer.train();
                        layer.reset_running_stats();
                    }

                    layer.momentum = 1.0 / count;
                }

                network.call(images).Dispose();
            }
        }
        finally
        {
            foreach ((BatchNorm layer, double? momentum) in layers.Zip(momenta))
            {
                layer.momentum = momentum;
            }
        }

        if (count == 0)
        {
            throw new BadInputException(
                "The statistics of batch normalisation cannot be recomputed from no batch at all: give batches of training images.");
        }

        before.Accept();
        return count;
    }
}
