using System.IO.Compression;

namespace ResNetGen.Weights.PyTorch;

/// <summary>The format since PyTorch 1.6: a zip archive of <c>NAME/data.pkl</c> and one entry a storage, <c>NAME/data/KEY</c>.</summary>
internal sealed class ZipStorages : PyTorchStorages
{
    // Names and shapes of the largest networks are a few megabytes.
    private const long LargestPickle = 64L << 20;

    private readonly ZipArchive _archive;
    private readonly string _folder;
    private readonly long _fileLength;

    private ZipStorages(ZipArchive archive, string folder, long fileLength, string path) : base(path)
    {
        _archive = archive;
        _folder = folder;
        _fileLength = fileLength;
    }

    public static ZipStorages Open(FileStream stream, string path, out object? root)
    {
        ZipArchive archive = Checked(path, "the archive", () =>
        {
            var opened = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: false);
            // Reads the directory, which the constructor leaves for later.
            return opened.Entries.Count >= 0 ? opened : null!;
        });
        ZipArchiveEntry pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
            ?? throw new PickleException($"{path} is a zip archive, but none of PyTorch's: expected an entry .../data.pkl, found {archive.Entries.Count} others. Check that it is the right file.");
        var file = new ZipStorages(archive, pickle.FullName[..^"data.pkl".Length], stream.Length, path);
        file.RefuseBigEndian();
        using var bytes = new MemoryStream(file.Content(pickle, LargestPickle), writable: false);
        root = PickleMachine.Read(bytes, path, description => Describe(description, path));
        return file;
    }

    protected override void Close() => _archive.Dispose();

    protected override Filler Find(PickleStorage storage)
    {
        string name = $"{_folder}data/{storage.Key}";
        ZipArchiveEntry entry = _archive.GetEntry(name)
            ?? throw new PickleException($"{Path}: expected an entry {name}, found none. The file is damaged; fetch it again.");
        if (entry.Length != storage.ByteLength)
            throw new PickleException($"{Path}: expected {storage.ByteLength:N0} bytes in {name}, found {entry.Length:N0}. The file is damaged; fetch it again.");

        RefusePacked(entry);
        return target => Fill(entry, target);
    }

    private byte[] Content(ZipArchiveEntry entry, long most)
    {
        if (entry.Length > most)
            throw new PickleException($"{Path}: expected at most {most:N0} bytes in {entry.FullName}, found {entry.Length:N0}. The file is damaged, or no file of weights.");

        RefusePacked(entry);
        byte[] bytes = new byte[entry.Length];
        Fill(entry, bytes);
        return bytes;
    }

    // torch.save packs nothing. Whoever unpacks has to trust a small file with a large piece of memory.
    private void RefusePacked(ZipArchiveEntry entry)
    {
        if (entry.Length != entry.CompressedLength || entry.Length > _fileLength)
            throw new PickleException(
                $"{Path}: expected {entry.FullName} unpacked, as torch.save writes it, found {entry.CompressedLength:N0} bytes for {entry.Length:N0} in a file of {_fileLength:N0}. Write the file again with torch.save.");
    }

    private void Fill(ZipArchiveEntry entry, Span<byte> target)
    {
        using Stream content = Checked(Path, entry.FullName, entry.Open);
        int count;
        try
        {
            count = content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(Path, entry.FullName, e);
        }

        if (count < target.Length)
            throw new PickleException($"{Path}: expected {target.Length:N0} bytes in {entry.FullName}, found {count:N0}. The file is cut short; fetch it again.");

        // PyTorch can be told to leave the checksum out; it is 0 then.
        uint found = Crc32.Of(target);
        if (entry.Crc32 != 0 && entry.Crc32 != found)
            throw new PickleException($"{Path}: expected the checksum {entry.Crc32:x8} of {entry.FullName}, found {found:x8}. The file is damaged; fetch it again.");
    }

    private void RefuseBigEndian()
    {
        if (_archive.GetEntry(_folder + "byteorder") is not { } entry)
            return;

        string order = System.Text.Encoding.ASCII.GetString(Content(entry, 16));
        if (order != "little")
            throw new PickleException($"{Path} holds numbers in {order}-endian order, this machine reads little-endian ones; write the file again on such a machine.");
    }

    private static T Checked<T>(string path, string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(path, what, e);
        }
    }

    // What System.IO.Compression throws on archives that are none.
    private static bool IsDamage(Exception e) => e is InvalidDataException or IOException or NotSupportedException or ArgumentException;

    private static PickleException Damaged(string path, string what, Exception e) =>
        new($"{path} is a damaged zip archive: {what} cannot be read ({e.Message.TrimEnd('.')}). It may be cut short; fetch it again.", e);
}
