using static TorchSharp.torch;

namespace ResNetGen.Weights;

/// <summary>Tensors to and from safetensors files.</summary>
public static class Safetensors
{
    /// <summary>
    /// Writes tensors to a file that appears whole or not at all (written beside, flushed, renamed).
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Tensors by name, on any device, of any strides.</param>
    /// <param name="metadata">Free text by key.</param>
    /// <exception cref="BadInputException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">A tensor's element type has no place in the format.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        List<SafetensorsSource> sources = [.. tensors.Select(pair => Source(pair.Key, pair.Value))];
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, sources, metadata));
    }

    /// <summary>Reads every tensor of a file, on the CPU.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Tensors by name, in no dispose scope: they belong to the caller.</returns>
    /// <exception cref="BadInputException">The file is missing or malformed.</exception>
    public static Dictionary<string, Tensor> Load(string path)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        return Load(reader);
    }

    /// <summary>Reads every tensor of an open file, on the CPU.</summary>
    /// <param name="reader">The file.</param>
    /// <returns>Tensors by name, in no dispose scope: they belong to the caller.</returns>
    public static Dictionary<string, Tensor> Load(SafetensorsReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            foreach (SafetensorsEntry entry in reader.Entries) tensors.Add(entry.Name, Read(reader, entry));
            return tensors;
        }
        catch
        {
            foreach (Tensor tensor in tensors.Values) tensor.Dispose();
            throw;
        }
    }

    /// <summary>Reads one tensor, on the CPU.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="entry">Which one.</param>
    /// <returns>A tensor in no dispose scope.</returns>
    /// <exception cref="BadInputException">The element type has no tensor here, or the tensor is over 2 GiB.</exception>
    public static Tensor Read(SafetensorsReader reader, SafetensorsEntry entry)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.ByteLength > int.MaxValue)
            throw new BadInputException($"Entry \"{entry.Name}\" is {entry.ByteLength:N0} bytes; one tensor may be 2 GiB. Split it.");
        Tensor tensor = empty([.. entry.Shape], dtype: TorchDtype(entry)).DetachFromDisposeScope();
        try
        {
            if (entry.ByteLength > 0) reader.Read(entry, tensor.bytes);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>A tensor as the writer wants it. Its bytes are fetched when they are written, one tensor at a time.</summary>
    internal static SafetensorsSource Source(string name, Tensor tensor)
    {
        SafetensorsDtype dtype = Dtype(name, tensor.dtype);
        return new SafetensorsSource(name, dtype, tensor.shape, stream =>
        {
            if (tensor.NumberOfElements == 0) return;
            using var guard = no_grad();
            using Tensor plain = tensor.detach();
            using Tensor cpu = plain.cpu();
            using Tensor contiguous = cpu.contiguous();
            stream.Write(contiguous.bytes);
        });
    }

    private static SafetensorsDtype Dtype(string name, ScalarType type) => TorchTypes.Of(type)
        ?? throw new ArgumentException($"Tensor \"{name}\" is {type}, which safetensors cannot hold; convert it first.");

    private static ScalarType TorchDtype(SafetensorsEntry entry) => TorchTypes.Of(entry.Dtype)
        ?? throw new BadInputException($"Entry \"{entry.Name}\" is {entry.Dtype}, for which there is no tensor type here. Convert it to another type with the program that wrote it.");
}
