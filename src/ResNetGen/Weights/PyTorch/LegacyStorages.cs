using System.Buffers.Binary;
using System.Numerics;

namespace ResNetGen.Weights.PyTorch;

/// <summary>
/// The format before PyTorch 1.6: pickles one after the other (a magic number, a version, the machine, the object, the keys of
/// its storages), then each storage as a count and its elements.
/// </summary>
internal sealed class LegacyStorages : PyTorchStorages
{
    private const int Version = 1001;

    private static readonly BigInteger s_magic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    private readonly FileStream _stream;
    private readonly Dictionary<string, long> _starts = new(StringComparer.Ordinal);

    private LegacyStorages(FileStream stream, string path) : base(path) => _stream = stream;

    public static LegacyStorages Open(FileStream stream, string path, out object? root)
    {
        if (Read(stream, path) is not BigInteger magic || magic != s_magic)
            throw new PickleException($"{path} is a pickle, but none of torch.save: it does not begin with PyTorch's number. Write it with torch.save(model.state_dict(), ...).");
        if (Read(stream, path) is not (long)Version and var version)
            throw new PickleException($"{path}: expected version {Version} of PyTorch's old format, found {version}. Write it again with torch.save.");

        Read(stream, path);
        Dictionary<string, PickleStorage> storages = new(StringComparer.Ordinal);
        root = PickleMachine.Read(stream, path, description => Note(storages, Describe(description, path), path));
        if (Read(stream, path) is not List<object?> keys || keys.Any(key => key is not string))
            throw new PickleException($"{path}: expected the keys of its storages, found something else. The file is damaged; fetch it again.");

        var file = new LegacyStorages(stream, path);
        file.Locate([.. keys.Cast<string>()], storages);
        return file;
    }

    protected override void Close() => _stream.Dispose();

    protected override Filler Find(PickleStorage storage)
    {
        if (!_starts.TryGetValue(storage.Key, out long start))
            throw new PickleException($"{Path}: storage {storage.Key} is not in the file. It is damaged; fetch it again.");

        return target =>
        {
            _stream.Position = start;
            if (_stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
                throw new PickleException($"{Path}: storage {storage.Key} ends early: the file became shorter while it was read. Fetch it again.");
        };
    }

    private static object? Read(FileStream stream, string path) =>
        PickleMachine.Read(stream, path, _ => throw new PickleException($"{path}: found a tensor where none can be. The file is damaged."));

    private static PickleStorage Note(Dictionary<string, PickleStorage> storages, PickleStorage storage, string path)
    {
        // Tensors that share a storage describe it each.
        if (storages.TryGetValue(storage.Key, out PickleStorage? known) && known != storage)
            throw new PickleException($"{path}: storage {storage.Key} is described twice, and differently. The file is damaged; fetch it again.");

        return storages[storage.Key] = storage;
    }

    private void Locate(string[] keys, Dictionary<string, PickleStorage> storages)
    {
        byte[] count = new byte[8];
        foreach (string key in keys)
        {
            if (!storages.TryGetValue(key, out PickleStorage? storage))
                throw new PickleException($"{Path}: storage {key} belongs to no tensor. The file is damaged; fetch it again.");
            if (_stream.ReadAtLeast(count, 8, throwOnEndOfStream: false) < 8)
                throw new PickleException($"{Path}: expected storage {key}, found the end of the file. It is cut short; fetch it again.");

            long elements = BinaryPrimitives.ReadInt64LittleEndian(count), left = _stream.Length - _stream.Position;
            if (elements != storage.Elements)
                throw new PickleException($"{Path}: expected {storage.Elements:N0} elements in storage {key}, found {elements:N0}. The file is damaged; fetch it again.");
            if (storage.ByteLength > left)
                throw new PickleException($"{Path}: expected {storage.ByteLength:N0} bytes of storage {key}, found {left:N0} up to the end. The file is cut short; fetch it again.");

            _starts[key] = _stream.Position;
            _stream.Position += storage.ByteLength;
        }
    }
}
