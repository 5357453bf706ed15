using System.Buffers.Binary;

namespace ResNetGen.Weights;

/// <summary>Reads a safetensors file, one tensor at a time: only the header is held in memory.</summary>
public sealed class SafetensorsReader : IDisposable
{
    private readonly Stream stream;
    private readonly bool ownsStream;
    private readonly string file;
    private readonly long dataStart;
    private readonly Dictionary<string, SafetensorsEntry> byName;

    /// <summary>Reads and checks the header of an open stream.</summary>
    /// <param name="stream">The file, readable and seekable.</param>
    /// <param name="file">What messages call the file.</param>
    /// <param name="leaveOpen">Whether the stream stays open after this reader.</param>
    /// <exception cref="SafetensorsException">The file is malformed.</exception>
    public SafetensorsReader(Stream stream, string file, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        this.stream = stream;
        this.file = file;
        ownsStream = !leaveOpen;
        Header = ReadHeader(stream, file, out int headerLength);
        dataStart = 8L + headerLength;
        byName = Header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The header.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>All tensors, by place.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => Header.Entries;

    /// <summary>Free text by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata => Header.Metadata;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SafetensorsException">The file is malformed.</exception>
    /// <exception cref="BadInputException">The file is missing or cannot be read.</exception>
    public static SafetensorsReader Open(string path) =>
        InputFile.Open(path, "a safetensors file", stream => new SafetensorsReader(stream, path));

    /// <summary>Finds an entry.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="SafetensorsException">There is none of that name.</exception>
    public SafetensorsEntry Entry(string name) => byName.TryGetValue(name, out SafetensorsEntry? entry)
        ? entry
        : throw new SafetensorsException(file, $"there is no entry \"{name}\" among its {byName.Count} entries.");

    /// <summary>Reads the bytes of a tensor, little-endian, in row-major order.</summary>
    /// <param name="entry">An entry of this file.</param>
    /// <param name="target">Room for exactly its bytes.</param>
    /// <exception cref="ArgumentException">The room is of another size.</exception>
    public void Read(SafetensorsEntry entry, Span<byte> target)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (target.Length != entry.ByteLength)
            throw new ArgumentException($"Entry \"{entry.Name}\" is {entry.ByteLength} bytes, got room for {target.Length}.", nameof(target));
        stream.Position = dataStart + entry.Begin;
        try
        {
            stream.ReadExactly(target);
        }
        catch (EndOfStreamException e)
        {
            throw new SafetensorsException(file, $"entry \"{entry.Name}\" ends early: the file became shorter while it was read.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsStream) stream.Dispose();
    }

    private static SafetensorsHeader ReadHeader(Stream stream, string file, out int headerLength)
    {
        long total = stream.Length;
        if (total < 8) throw new SafetensorsException(file, $"the file is {total} bytes; a safetensors file begins with 8 bytes of header length.");
        stream.Position = 0;
        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafetensorsHeader.MaxLength)
            throw new SafetensorsException(file, $"the header says it is {length} bytes long; at most {SafetensorsHeader.MaxLength} are allowed. This is not a safetensors file, or it is damaged.");
        if (length > (ulong)(total - 8))
            throw new SafetensorsException(file, $"the header says it is {length} bytes long, but only {total - 8} bytes follow. The file is cut off.");
        headerLength = (int)length;
        byte[] json = GC.AllocateUninitializedArray<byte>(headerLength);
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(json, total - 8 - headerLength, file);
    }
}
