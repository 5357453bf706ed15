using System.Reflection;
using ResNetGen.Architecture;
using static TorchSharp.torch;

namespace ResNetGen.Weights;

/// <summary>Fills networks that carry <see cref="PretrainedAttribute"/> from a file of published weights.</summary>
public static class PretrainedWeights
{
    /// <summary>
    /// The published network that <typeparamref name="TNetwork"/> starts from: its layers, and how its images were scaled, cut and
    /// normalised; null where the class carries no <c>[Pretrained]</c>.
    /// </summary>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    public static PretrainedModel? Of<TNetwork>()
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork> =>
        AttributeOf<TNetwork>() is { } written ? PretrainedModel.Find(written.Name) : null;

    /// <summary>
    /// <see cref="NetworkWeights.LoadWeights{TNetwork}"/> for the weights that the network's <c>[Pretrained]</c> names, with all that
    /// the attribute says: with <c>ReplaceHead = true</c> the last linear layer keeps its fresh weights; a network without a head
    /// passes over the file's.
    /// </summary>
    /// <param name="network">The network, on any device, in any floating-point precision: values are converted.</param>
    /// <param name="path">The file.</param>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <returns>What was loaded, and what stays fresh.</returns>
    /// <exception cref="BadInputException">The file is missing, malformed, or of another network; the message names the entries.</exception>
    /// <exception cref="InvalidOperationException">The class carries no <c>[Pretrained]</c>.</exception>
    public static LoadedWeights LoadPretrained<TNetwork>(this TNetwork network, string path)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        return Of<TNetwork>() is not null
            ? network.LoadWeights(path)
            : throw new InvalidOperationException(
                $"{typeof(TNetwork).Name} says of no weights that it starts from them: write [Pretrained(\"…\")] on the class, or use LoadWeights.");
    }

    internal static PretrainedAttribute? AttributeOf<TNetwork>() => typeof(TNetwork).GetCustomAttribute<PretrainedAttribute>();
}
