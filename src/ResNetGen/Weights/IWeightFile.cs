using ResNetGen.Weights.PyTorch;
using static TorchSharp.torch;

namespace ResNetGen.Weights;

/// <summary>A tensor of a file, before its elements are read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">Its element type.</param>
/// <param name="Shape">Its sizes; empty for a scalar.</param>
internal sealed record WeightEntry(string Name, SafetensorsDtype Dtype, IReadOnlyList<long> Shape);

/// <summary>A file of named tensors, whatever its format.</summary>
internal interface IWeightFile : IDisposable
{
    /// <summary>All tensors, in the order of the file.</summary>
    IReadOnlyList<WeightEntry> Entries { get; }

    /// <summary>Reads one tensor, on the CPU, in no dispose scope.</summary>
    /// <param name="name">The name of one of <see cref="Entries"/>.</param>
    Tensor Read(string name);
}

/// <summary>Opens files of weights.</summary>
internal static class WeightFile
{
    // "weights.pth.tar" is what PyTorch's own ImageNet example writes; it is no tar archive.
    private static readonly string[] s_pyTorch = [".pth", ".pt", ".bin", ".ckpt", ".tar"];

    /// <summary>Opens a file: PyTorch's where its name ends so, safetensors otherwise.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">The file is missing or malformed.</exception>
    public static IWeightFile Open(string path) =>
        s_pyTorch.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
            ? PyTorchFile.Open(path)
            : new SafetensorsWeights(SafetensorsReader.Open(path));

    private sealed class SafetensorsWeights(SafetensorsReader file) : IWeightFile
    {
        public IReadOnlyList<WeightEntry> Entries { get; } = [.. file.Entries.Select(entry => new WeightEntry(entry.Name, entry.Dtype, entry.Shape))];

        public Tensor Read(string name) => Safetensors.Read(file, file.Entry(name));

        public void Dispose() => file.Dispose();
    }
}
