using static TorchSharp.torch;

namespace ResNetGen.Weights.PyTorch;

/// <summary>
/// A file that PyTorch's <c>torch.save</c> wrote (.pth, .pt): today's zip archive or the format before 1.6. Nothing in the
/// file is ever run: the reader knows tensors, numbers, strings, tuples, lists and dicts, and refuses everything else by name.
/// </summary>
public sealed class PyTorchFile : IWeightFile
{
    private readonly string _path;
    private readonly PyTorchStorages _storages;
    private readonly Dictionary<string, PickleTensor> _tensors;

    private PyTorchFile(string path, PyTorchStorages storages, object? root, bool? averaged)
    {
        _path = path;
        _storages = storages;
        IsAveraged = averaged != false && StateDict.HasAverage(root);
        if (averaged == true && !IsAveraged)
            throw new PickleException($"{path} holds no running average of its weights: expected one under \"state_dict_ema\" or \"model_ema\". Ask for the weights themselves.");
        List<KeyValuePair<string, PickleTensor>> all = StateDict.Find(root, path, IsAveraged);
        _tensors = new(all, StringComparer.Ordinal);
        Names = [.. all.Select(tensor => tensor.Key)];
    }

    /// <summary>
    /// Names of the tensors in the order of the file, without the prefix <c>module.</c> of DataParallel. Of a whole checkpoint they
    /// are those of the state_dict in it.
    /// </summary>
    public IReadOnlyList<string> Names { get; }

    internal bool IsAveraged { get; }

    bool IWeightFile.IsAveraged => IsAveraged;

    IReadOnlyList<WeightEntry> IWeightFile.Entries => [.. Names.Select(name => new WeightEntry(name, Dtype(name), Shape(name)))];

    /// <summary>Opens a file and reads everything but the tensors' elements.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">The file is missing, damaged, asks for something else than data, or holds no tensors by name.</exception>
    public static PyTorchFile Open(string path) => Open(path, averaged: false);

    /// <summary>Opens a file: the running average of its weights where that is wanted, or not refused and there (null).</summary>
    internal static PyTorchFile Open(string path, bool? averaged)
    {
        PyTorchStorages storages = PyTorchStorages.Open(path, out object? root);
        try
        {
            return new PyTorchFile(path, storages, root, averaged);
        }
        catch
        {
            storages.Dispose();
            throw;
        }
    }

    /// <summary>Shape of a tensor; empty for a scalar.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="PickleException">There is none of that name.</exception>
    public IReadOnlyList<long> Shape(string name) => Find(name).Shape;

    /// <summary>Element type of a tensor.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="PickleException">There is none of that name.</exception>
    public SafetensorsDtype Dtype(string name) => Find(name).Storage.Dtype;

    /// <summary>Reads one tensor, on the CPU, contiguous, in no dispose scope.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="BadInputException">There is none of that name, its elements are not all there, or it is over 2 GiB.</exception>
    public Tensor Read(string name) => _storages.Read(Find(name));

    /// <inheritdoc/>
    public void Dispose() => _storages.Dispose();

    private PickleTensor Find(string name) => _tensors.TryGetValue(name, out PickleTensor? tensor)
        ? tensor
        : throw new PickleException($"{_path}: there is no tensor \"{name}\" among its {_tensors.Count}. Take one of its names.");
}
