using ResNetGen.Architecture;
using ResNetGen.Data;
using static TorchSharp.torch;

namespace ResNetGen.Weights;

/// <summary>Weights of networks to and from files.</summary>
public static class NetworkWeights
{
    /// <summary>
    /// Fills the network from a file: safetensors, PyTorch's own (.pth, .pt, .pth.tar, .bin, .ckpt; of which only data is read,
    /// <see cref="PyTorch.PyTorchFile"/>), TorchSharp's (.dat), or a training checkpoint of ours. Every entry is compared by name,
    /// shape and element type, the meaning of the weights too where the file records it, and every tensor read, before the first is
    /// copied: a file that does not fit or is damaged leaves the network as it was.
    /// </summary>
    /// <param name="network">The network, on any device, in any floating-point precision: values are converted.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">What to be strict about; null is <c>new LoadOptions()</c>, everything.</param>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <returns>What was loaded and what was not; its text says it by layer.</returns>
    /// <exception cref="BadInputException">
    /// The file is missing, malformed, or of another network; the message names the entries, or what they mean otherwise.
    /// </exception>
    /// <exception cref="ArgumentException">An option names something that there is not.</exception>
    public static LoadedWeights LoadWeights<TNetwork>(this TNetwork network, string path, LoadOptions? options = null)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return WeightLoader.Load(network, TNetwork.Architecture, PretrainedWeights.AttributeOf<TNetwork>(), path, options ?? new());
    }

    /// <summary>
    /// Writes the network's state_dict as safetensors, by torchvision's keys, with a record of what network it is of
    /// (<see cref="WeightRecord"/>): its name and structure, and what is given of its pictures. The file appears whole or not at all.
    /// </summary>
    /// <param name="network">The network, on any device, in any precision.</param>
    /// <param name="path">The file, whose name ends with <c>.safetensors</c>.</param>
    /// <param name="normalization">How its pictures are normalised; null records nothing of it.</param>
    /// <param name="classNames">Names of the classes, in the order of the outputs; null records none.</param>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <exception cref="BadInputException">The file cannot be written, or its name promises another format.</exception>
    /// <exception cref="ArgumentException">There are more or fewer names than classes.</exception>
    public static void SaveWeights<TNetwork>(
        this TNetwork network, string path, Normalization? normalization = null, IReadOnlyList<string>? classNames = null)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        NetworkArchitecture architecture = TNetwork.Architecture;
        if (classNames is not null && classNames.Count != architecture.Classes)
            throw new ArgumentException($"{architecture.Name} tells {architecture.Classes} classes apart, got {classNames.Count} names.", nameof(classNames));
        if (WeightFile.IsOfAnotherFormat(path))
        {
            throw new BadInputException(
                $"{path}: weights are written as safetensors, found a name that ends with \"{Path.GetExtension(path)}\". Name it {Path.ChangeExtension(path, ".safetensors")}; PyTorch reads it with safetensors.torch.load_file.");
        }

        var record = new WeightRecord
        {
            Network = architecture.Name, Architecture = architecture.Fingerprint, Normalization = normalization, ClassNames = classNames ?? [],
        };
        Safetensors.Save(path, network.state_dict(), RecordText.Write(record));
    }
}
