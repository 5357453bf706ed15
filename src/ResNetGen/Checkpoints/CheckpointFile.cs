using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ResNetGen.Weights;
using static TorchSharp.torch;

namespace ResNetGen.Checkpoints;

/// <summary>
/// One checkpoint: a safetensors file with tensors <c>model.*</c>, <c>optimizer.*</c>, <c>ema.*</c> and <c>random.*</c>, the run's identity and
/// position as metadata, and a SHA-256 over the whole file (the checksum's own 64 digits taken as zeros), so that no changed
/// byte goes unseen, in the header or in the data.
/// </summary>
public static class CheckpointFile
{
    private const string ChecksumKey = "checksum";
    private static readonly string NoChecksum = new('0', 64);

    /// <summary>Writes a checkpoint that appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">The run.</param>
    /// <exception cref="BadInputException">The file cannot be written; what stood there before is untouched.</exception>
    public static void Save(string path, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Dictionary<string, string> metadata = CheckpointInfo.ToMetadata(state);
        // Network and architecture are there already, in the same words.
        foreach ((string key, string value) in state.Record is { } record ? RecordText.Write(record) : [])
            metadata.TryAdd(key, value);

        metadata.Add(ChecksumKey, NoChecksum);
        List<SafetensorsSource> sources = [.. state.Tensors.Select(static pair => Safetensors.Source(pair.Key, pair.Value))];
        AtomicFile.Write(path, stream =>
        {
            using var checksum = new ChecksumStream(stream);
            SafetensorsWriter.Write(checksum, sources, metadata);
            // The digits are known only now; their place is the same whatever they are.
            byte[] header = ReadHeader(stream, path);
            stream.Position = 8 + FindChecksum(header, NoChecksum, path);
            stream.Write(Encoding.ASCII.GetBytes(checksum.Finish()));
        });
    }

    /// <summary>Reads what a checkpoint says of itself. Its checksum is not verified.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">Its header is malformed, or the disk does not give it.</exception>
    /// <exception cref="BadInputException">The file is missing.</exception>
    public static CheckpointInfo ReadInfo(string path) =>
        Read(path, (_, reader) => CheckpointInfo.FromMetadata(path, reader.Metadata));

    /// <summary>Verifies header and checksum of a checkpoint, without making tensors.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file is damaged, or the disk does not give it.</exception>
    /// <exception cref="BadInputException">The file is missing.</exception>
    public static CheckpointInfo Verify(string path) => Read(path, (stream, reader) =>
    {
        VerifyChecksum(stream, reader.Metadata, path);
        return CheckpointInfo.FromMetadata(path, reader.Metadata);
    });

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">The run that wants to go on; null takes any.</param>
    /// <returns>The run, its tensors on the CPU and in no dispose scope; dispose it when they are copied.</returns>
    /// <exception cref="CheckpointException">The file is damaged, of another run than expected, or the disk does not give it.</exception>
    /// <exception cref="BadInputException">The file is missing.</exception>
    public static TrainingState Load(string path, RunIdentity? expected = null) => Read(path, (stream, reader) =>
    {
        VerifyChecksum(stream, reader.Metadata, path);
        CheckpointInfo info = CheckpointInfo.FromMetadata(path, reader.Metadata);
        if (expected?.Difference(info.Identity) is { } difference) throw new CheckpointException(path, difference);
        if (reader.Entries.FirstOrDefault(static entry => !GroupedTensors.Knows(entry.Name)) is { } stranger)
            throw new CheckpointException(path, $"it holds a tensor \"{stranger.Name}\"; expected {string.Join(", ", CheckpointGroup.All.Select(static group => group.Prefix + "*"))} alone.");
        GroupedTensors groups = new();
        foreach ((string name, Tensor tensor) in Safetensors.Load(reader)) groups.Add(name, tensor);
        return new TrainingState
        {
            Identity = info.Identity,
            Position = info.Position,
            TestError = info.TestError,
            TestErrorOf = info.TestErrorOf,
            Extra = info.Extra,
            Model = groups.Of(CheckpointGroup.Model),
            Optimizer = groups.Of(CheckpointGroup.Optimizer),
            Averages = groups.Of(CheckpointGroup.Averages),
            RandomStates = groups.Of(CheckpointGroup.RandomStates),
        };
    });

    /// <summary>Opens a checkpoint and its header. A disk may fail at any byte: the run that meets it must be able to go on.</summary>
    private static T Read<T>(string path, Func<FileStream, SafetensorsReader, T> read)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            using SafetensorsReader reader = new(stream, path, leaveOpen: true);
            return read(stream, reader);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"Checkpoint {path} does not exist. Check the path, or train without resuming.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"it cannot be read: {e.Message} Check the disk and the file's permissions.", e);
        }
        catch (SafetensorsException e)
        {
            throw new CheckpointException(path, $"it is damaged. {e.Message}", e);
        }
    }

    private static void VerifyChecksum(FileStream stream, IReadOnlyDictionary<string, string> metadata, string path)
    {
        if (!metadata.TryGetValue(ChecksumKey, out string? expected) || expected.Length != NoChecksum.Length)
            throw new CheckpointException(path, "it carries no checksum: it was not written by this program, or it is damaged.");
        byte[] header = ReadHeader(stream, path);
        Encoding.ASCII.GetBytes(NoChecksum, header.AsSpan(FindChecksum(header, expected, path)));
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        hash.AppendData(prefix);
        hash.AppendData(header);
        byte[] buffer = GC.AllocateUninitializedArray<byte>(1 << 16);
        while (stream.Read(buffer) is > 0 and var count) hash.AppendData(buffer, 0, count);
        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != expected)
            throw new CheckpointException(path, $"it is damaged: its checksum is {found}, expected {expected}.");
    }

    /// <summary>The header's text, with the stream left at the first byte after it.</summary>
    private static byte[] ReadHeader(FileStream stream, string path)
    {
        stream.Position = 0;
        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        long length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 0 or > SafetensorsHeader.MaxLength) throw new CheckpointException(path, $"its header says it is {length} bytes long.");
        byte[] header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }

    private static int FindChecksum(ReadOnlySpan<byte> header, string digits, string path)
    {
        byte[] pattern = Encoding.UTF8.GetBytes($"\"{ChecksumKey}\":\"{digits}\"");
        int at = header.IndexOf(pattern);
        // Written as anything but this, it was not written by this program.
        if (at < 0) throw new CheckpointException(path, "its checksum is not where it was written: the file is damaged.");
        return at + ChecksumKey.Length + 4;
    }
}
