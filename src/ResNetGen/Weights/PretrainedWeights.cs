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
        typeof(TNetwork).GetCustomAttribute<PretrainedAttribute>() is { } written ? PretrainedModel.Find(written.Name) : null;

    /// <summary>
    /// Copies a file of the weights that the network's <c>[Pretrained]</c> names into the network, by torchvision's keys: safetensors,
    /// or PyTorch's own (.pth, .pt, .pth.tar, .bin, .ckpt), of which only data is read (<see cref="PyTorch.PyTorchFile"/>). Every entry
    /// is compared by name, shape and element type, and read, before the first is copied, so that a file that does not fit or is
    /// damaged leaves the network as it was. With <c>ReplaceHead = true</c> the last linear layer keeps its fresh weights; a network
    /// without a head passes over the file's. Batch counters (<c>num_batches_tracked</c>), which old files lack, may be missing.
    /// </summary>
    /// <param name="network">The network, on any device, in any floating-point precision: values are converted.</param>
    /// <param name="path">The file.</param>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <returns>What was loaded, and what stays fresh.</returns>
    /// <exception cref="BadInputException">The file is missing, malformed, or of another network; the message names the entries.</exception>
    /// <exception cref="InvalidOperationException">The class carries no <c>[Pretrained]</c>.</exception>
    public static PretrainedLoad LoadPretrained<TNetwork>(this TNetwork network, string path)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        PretrainedModel model = Of<TNetwork>() ?? throw new InvalidOperationException(
            $"{typeof(TNetwork).Name} says of no weights that it starts from them: write [Pretrained(\"…\")] on the class.");
        bool replaceHead = typeof(TNetwork).GetCustomAttribute<PretrainedAttribute>()!.ReplaceHead;

        using IWeightFile file = WeightFile.Open(path);
        Dictionary<string, Tensor> state = network.state_dict();
        string? ownHead = PretrainedFit.Head(TNetwork.Architecture), theirHead = PretrainedFit.Head(model.Architecture);
        HashSet<string> fresh = [.. replaceHead && ownHead is not null ? state.Keys.Where(key => IsOf(key, ownHead)) : []];
        HashSet<string> ignored = [.. replaceHead || ownHead is null ? file.Entries.Select(entry => entry.Name).Where(key => IsOf(key, theirHead!)) : []];

        var check = new PretrainedCheck(file, state, fresh, ignored);
        if (check.Complaint is { } complaint)
            throw new BadInputException($"{path} does not fit {TNetwork.Architecture.Name}, which starts from torchvision's {model.Name}: {complaint}");

        using IDisposable guard = no_grad();
        List<Tensor> read = [];
        try
        {
            foreach ((WeightEntry entry, _) in check.Pairs)
                read.Add(file.Read(entry.Name));

            // Values only: layout, device and identity stay the parameter's own.
            foreach (((_, Tensor target), Tensor source) in check.Pairs.Zip(read))
                target.copy_(source);
        }
        finally
        {
            read.ForEach(tensor => tensor.Dispose());
        }

        return new PretrainedLoad(model, check.Pairs.Count, [.. fresh.Order(StringComparer.Ordinal)]);
    }

    private static bool IsOf(string key, string layer) => key.StartsWith(layer + ".", StringComparison.Ordinal);
}

/// <summary>What came of loading published weights.</summary>
/// <param name="Model">The published network.</param>
/// <param name="Loaded">Number of entries that were copied.</param>
/// <param name="Fresh">Entries of the network that keep their fresh values, by key: those of a replaced head.</param>
public sealed record PretrainedLoad(PretrainedModel Model, int Loaded, IReadOnlyList<string> Fresh);
