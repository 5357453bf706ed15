using static TorchSharp.torch;

namespace ResNetGen.Weights.PyTorch;

/// <summary>The elements of a file's tensors: where each storage lies, and how a tensor is read from it.</summary>
internal abstract class PyTorchStorages(string path) : IDisposable
{
    // A storage may hold many tensors, one after the other: read once, not once a tensor.
    private (PickleStorage Storage, Tensor Elements)? _last;

    /// <summary>What messages call the file.</summary>
    protected string Path { get; } = path;

    /// <summary>Opens a file of either format and reads its pickle.</summary>
    public static PyTorchStorages Open(string path, out object? root)
    {
        (PyTorchStorages storages, root) = InputFile.Open(path, "weights that PyTorch wrote (.pth, .pt)", stream =>
        {
            PyTorchStorages opened = PyTorchFormat.IsZip(stream, path)
                ? ZipStorages.Open(stream, path, out object? found)
                : LegacyStorages.Open(stream, path, out found);
            return (opened, found);
        });
        return storages;
    }

    /// <summary>Reads a tensor's elements, row by row whatever its strides.</summary>
    public Tensor Read(PickleTensor tensor)
    {
        if (tensor.Shape.Contains(0))
            return empty(tensor.Shape, dtype: TorchTypes.Of(tensor.Storage.Dtype)).DetachFromDisposeScope();
        if (tensor.Storage.ByteLength > int.MaxValue)
            throw new BadInputException($"{Path}: storage {tensor.Storage.Key} is {tensor.Storage.ByteLength:N0} bytes; one storage may be 2 GiB. Write the tensors one by one, cloned.");

        // A copy in row order: the storage may be larger than the tensor, and shared with others.
        using Tensor view = Elements(tensor.Storage).as_strided(tensor.Shape, tensor.Strides, tensor.Offset);
        using Tensor rows = view.contiguous();
        return rows.clone().DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _last?.Elements.Dispose();
        Close();
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Close();

    /// <summary>Finds a storage and compares its length with what is there.</summary>
    /// <returns>What fills room for exactly its bytes.</returns>
    protected abstract Filler Find(PickleStorage storage);

    /// <summary>Reads a storage's bytes, as they lie in memory.</summary>
    protected delegate void Filler(Span<byte> target);

    /// <summary>A storage from its description: ("storage", class, key, place, elements).</summary>
    protected static PickleStorage Describe(PickleTuple description, string path) =>
        description.Items is ["storage", var type, string key, string, long elements, ..] && TensorGlobals.Storage(type) is { } dtype
        && elements is >= 0 and < 1L << 48 && IsKey(key) && description.Items.Skip(5).All(view => view is null)
            ? new PickleStorage(key, dtype, elements)
            : throw new PickleException($"{path}: expected the description of a storage, found something else. The file is damaged, or from before PyTorch 0.4; load it in PyTorch and write it again.");

    // PyTorch's are numbers. They are shown in messages, and name entries of an archive.
    private static bool IsKey(string key) => key.Length is > 0 and <= 64 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private Tensor Elements(PickleStorage storage)
    {
        if (_last is { } known && known.Storage == storage)
            return known.Elements;

        _last?.Elements.Dispose();
        _last = null;
        Filler fill = Find(storage);
        Tensor elements = empty([storage.Elements], dtype: TorchTypes.Of(storage.Dtype)).DetachFromDisposeScope();
        try
        {
            fill(elements.bytes);
        }
        catch
        {
            elements.Dispose();
            throw;
        }

        _last = (storage, elements);
        return elements;
    }
}
