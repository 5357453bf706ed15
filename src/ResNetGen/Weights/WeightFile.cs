using System.Buffers.Binary;
using ResNetGen.Checkpoints;
using ResNetGen.Weights.PyTorch;

namespace ResNetGen.Weights;

/// <summary>Opens files of weights, whatever they are called.</summary>
internal static class WeightFile
{
    // "weights.pth.tar" is what PyTorch's own ImageNet example writes; it is no tar archive.
    private static readonly string[] s_pyTorch = [".pth", ".pt", ".bin", ".ckpt", ".tar"];

    /// <summary>Endings of files that are not safetensors.</summary>
    public static bool IsOfAnotherFormat(string path) => IsPyTorch(path) || IsTorchSharp(path);

    /// <summary>Opens a file by what it begins with, and where that tells nothing, by how its name ends.</summary>
    /// <param name="path">The file.</param>
    /// <param name="averaged">Whether the running average is wanted that a checkpoint may hold; null where there is one.</param>
    /// <exception cref="BadInputException">The file is missing or malformed, or has no running average.</exception>
    public static IWeightFile Open(string path, bool? averaged = false)
    {
        Span<byte> start = stackalloc byte[9];
        start = start[..Beginning(path, start)];
        // A zip archive, or a pickle whose first value is as long as the number that PyTorch writes there.
        if (start.StartsWith("PK\u0003\u0004"u8) || start is [0x80, >= 2 and <= 5, 0x8a, 0x0a, ..])
            return PyTorchFile.Open(path, averaged);

        // A header's length, below the format's own limit, then its brace.
        if (start.Length == 9 && start[8] == (byte)'{' && BinaryPrimitives.ReadUInt64LittleEndian(start) <= SafetensorsHeader.MaxLength)
            return OpenSafetensors(path, averaged);
        if (IsTorchSharp(path))
            return Single(TorchSharpFile.Open(path), path, averaged);
        return IsPyTorch(path) ? PyTorchFile.Open(path, averaged) : OpenSafetensors(path, averaged);
    }

    private static IWeightFile OpenSafetensors(string path, bool? averaged)
    {
        SafetensorsReader reader = SafetensorsReader.Open(path);
        try
        {
            return reader.Metadata.GetValueOrDefault("format") == CheckpointInfo.Format
                ? CheckpointWeights.Of(reader, path, averaged)
                : Single(new SafetensorsWeights(reader, path), path, averaged);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private static IWeightFile Single(IWeightFile file, string path, bool? averaged)
    {
        if (averaged != true)
            return file;
        file.Dispose();
        throw new BadInputException($"{path} holds one set of weights and no running average beside it. Leave LoadOptions.Averaged out.");
    }

    private static bool IsPyTorch(string path) => s_pyTorch.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static bool IsTorchSharp(string path) => string.Equals(Path.GetExtension(path), ".dat", StringComparison.OrdinalIgnoreCase);

    // Whatever keeps it from being opened is said by the reader of its format, in its own words.
    private static int Beginning(string path, Span<byte> start)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
