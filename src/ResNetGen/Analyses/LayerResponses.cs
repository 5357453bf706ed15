using ResNetGen.Data;
using ResNetGen.Evaluation;
using static TorchSharp.torch;

namespace ResNetGen.Analyses;

/// <summary>
/// How strongly each 3×3 layer answers: the standard deviation of its output after batch normalisation, before ReLU and addition (He et
/// al. 2015, section 4.2 and figure 7). Residual functions should be nearer to zero than the layers of plain networks.
/// </summary>
public static class LayerResponses
{
    /// <summary>
    /// Measures the responses of all 3×3 convolutions to images, over all elements of their outputs together, in evaluation mode.
    /// </summary>
    /// <remarks>
    /// In a pre-activation network the normalisations stand before the convolutions, and a layer that goes into the addition has none: there,
    /// and in networks without normalisation, the outputs of the convolutions themselves are measured, for every layer.
    /// </remarks>
    /// <param name="network">The network, generated or not, on any device; modes and weights stay as they are.</param>
    /// <param name="batches">Batches of images [N, C, H, W] on the network's device; they stay the caller's.</param>
    /// <returns>Standard deviations, the number of elements as divisor, in the order in which the layers run.</returns>
    /// <exception cref="BadInputException">There are no images, or the network has no 3×3 convolution.</exception>
    public static LayerProfile Measure(nn.Module<Tensor, Tensor> network, IEnumerable<Tensor> batches)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batches);
        using ModuleModes modes = ModuleModes.Evaluation(network);
        using IDisposable guard = no_grad();
        using Hooks hooks = new();
        List<(string Layer, Spread Spread)> layers = [];
        long count = 0;
        foreach (Tensor images in batches)
        {
            if (count == 0)
            {
                Attach(network, images, hooks, layers);
            }

            network.call(images).Dispose();
            count += images.size(0);
        }

        if (count == 0)
        {
            throw new BadInputException("Layer responses cannot be measured without images: give at least one batch.");
        }

        return new LayerProfile
        {
            Network = network.GetName(),
            Quantity = "standard deviation of the response",
            Images = count,
            Layers = [.. layers.Select(static layer => new LayerValue(layer.Layer, layer.Spread.Deviation))],
        };
    }

    /// <summary>The same over pictures of a source, shown as an evaluation shows them once.</summary>
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
        return Measure(network, SourceBatches.InOrder(network, source, normalization, batchSize, pictures).Select(static batch => batch.Images));
    }

    private static void Attach(nn.Module<Tensor, Tensor> network, Tensor images, Hooks hooks, List<(string, Spread)> layers)
    {
        using Tensor one = images.narrow(0, 0, 1);
        foreach ((string layer, nn.Module<Tensor, Tensor> point) in ResponsePoints.Of(network, one))
        {
            Spread spread = new();
            layers.Add((layer, spread));
            hooks.AfterForward(point, spread.Add);
        }

        if (layers.Count == 0)
        {
            throw new BadInputException($"{network.GetName()} has no 3×3 convolution whose response could be measured.");
        }
    }
}
