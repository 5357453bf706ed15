using ResNetGen.Data;
using ResNetGen.Evaluation;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Analyses;

/// <summary>
/// How much gradient reaches each layer: the L2 norm of the loss's gradient with respect to its weights. With batch normalisation the norms
/// stay healthy in plain networks as well (He et al. 2015, section 4.1): where they vanish or explode, something is wrong.
/// </summary>
public static class GradientNorms
{
    /// <summary>
    /// Measures the norms for the mean cross-entropy of each batch, as training would see it (training mode: batch statistics, dropout), and
    /// gives their mean over the batches.
    /// </summary>
    /// <remarks>
    /// Nothing is trained: weights, running statistics, modes and the parameters' own gradients stay as they are. Dropout draws from torch's
    /// default generator.
    /// </remarks>
    /// <param name="network">The network, generated or not, on any device.</param>
    /// <param name="batches">Images [N, C, H, W] and labels [N] (Int64) on the network's device; they stay the caller's.</param>
    /// <returns>Norms of every layer whose weights learn and have two dimensions or more, convolutions and linear layers, in the network's order.</returns>
    /// <exception cref="BadInputException">There are no images, or nothing in the network learns.</exception>
    public static LayerProfile Measure(nn.Module<Tensor, Tensor> network, IEnumerable<(Tensor Images, Tensor Labels)> batches)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batches);
        (string Layer, Parameter Weight)[] layers = [.. Weights(network)];
        if (layers.Length == 0)
        {
            throw new BadInputException($"{network.GetName()} has no convolution or linear layer that learns (requires_grad).");
        }

        double[] sums = new double[layers.Length];
        long count = 0;
        int rounds = 0;
        using (ModuleModes.Training(network))
        using (new StatisticsKeeper(network))
        using (enable_grad())
        {
            foreach ((Tensor images, Tensor labels) in batches)
            {
                Add(network, images, labels, layers, sums);
                count += images.size(0);
                rounds++;
            }
        }

        return rounds == 0
            ? throw new BadInputException("Gradient norms cannot be measured without images: give at least one batch.")
            : new LayerProfile
            {
                Network = network.GetName(),
                Quantity = "norm of the gradient",
                Images = count,
                Layers = [.. layers.Zip(sums, (layer, sum) => new LayerValue(layer.Layer, sum / rounds))],
            };
    }

    /// <summary>The same over pictures of a source, without augmentation.</summary>
    /// <param name="network">The network, generated or not, on any device; modes and weights stay as they are.</param>
    /// <param name="source">The pictures.</param>
    /// <param name="normalization">That of the pictures that the network was trained on.</param>
    /// <param name="pictures">How many of them, from the first; null for all.</param>
    /// <param name="batchSize">Pictures in one pass.</param>
    /// <exception cref="BadInputException">There are no pictures, one cannot be read, or the network has no layer to look at.</exception>
    public static LayerProfile Measure(
        nn.Module<Tensor, Tensor> network, PictureSource source, Normalization normalization, int? pictures = null, int batchSize = 128)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(normalization);
        return Measure(network, SourceBatches.InOrder(network, source, normalization, batchSize, pictures));
    }

    private static IEnumerable<(string, Parameter)> Weights(nn.Module network) =>
        from entry in network.named_parameters()
        where entry.parameter.requires_grad && entry.parameter.dim() > 1
        let dot = entry.name.LastIndexOf('.')
        select (dot > 0 ? entry.name[..dot] : entry.name, entry.parameter);

    private static void Add(
        nn.Module<Tensor, Tensor> network, Tensor images, Tensor labels, (string Layer, Parameter Weight)[] layers, double[] sums)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor loss = nn.functional.cross_entropy(network.call(images), labels);
        IList<Tensor> gradients = autograd.grad([loss], [.. layers.Select(static layer => (Tensor)layer.Weight)]);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += gradients[i].to(ScalarType.Float64).norm().item<double>();
        }
    }
}
