using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ResNetGen.Weights;

/// <summary>A tensor to be written: what the header says of it, and how its bytes come.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">Its element type.</param>
/// <param name="Shape">Its sizes; empty for a scalar.</param>
/// <param name="Write">Writes its bytes, little-endian, in row-major order; asked for once, when it is its turn.</param>
public sealed record SafetensorsSource(string Name, SafetensorsDtype Dtype, IReadOnlyList<long> Shape, Action<Stream> Write);

/// <summary>
/// Writes safetensors files, one tensor at a time. Entries are ordered by element size, largest first, then by name, and the
/// header is padded to 8 bytes, so that every tensor is aligned; the same tensors give the same bytes.
/// </summary>
public static class SafetensorsWriter
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes header and data.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="metadata">Free text by key.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, a size is negative or too large, or a tensor wrote another number of bytes than its shape takes.</exception>
    public static void Write(Stream stream, IEnumerable<SafetensorsSource> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        List<(SafetensorsSource Source, long Begin, long End)> placed = Place(tensors);
        stream.Write(Header(placed, metadata));
        var counting = new CountingStream(stream);
        foreach ((SafetensorsSource source, long begin, long end) in placed)
        {
            counting.Count = 0;
            source.Write(counting);
            if (counting.Count != end - begin)
                throw new ArgumentException($"Tensor \"{source.Name}\" wrote {counting.Count} bytes; its shape takes {end - begin}.", nameof(tensors));
        }
    }

    private static List<(SafetensorsSource, long, long)> Place(IEnumerable<SafetensorsSource> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        List<SafetensorsSource> sorted = [.. tensors];
        sorted.Sort((a, b) => b.Dtype.Size() != a.Dtype.Size() ? b.Dtype.Size() - a.Dtype.Size() : string.CompareOrdinal(a.Name, b.Name));
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.MetadataKey };
        var placed = new List<(SafetensorsSource, long, long)>(sorted.Count);
        long place = 0;
        foreach (SafetensorsSource source in sorted)
        {
            if (!names.Add(source.Name)) throw new ArgumentException($"The name \"{source.Name}\" is given twice or reserved.", nameof(tensors));
            if (!SafetensorsHeader.TryByteLength(source.Dtype, [.. source.Shape], out long length) || place > long.MaxValue - length)
                throw new ArgumentException($"Tensor \"{source.Name}\" has shape [{string.Join(", ", source.Shape)}]; sizes must be 0 or more and their product must fit.", nameof(tensors));
            placed.Add((source, place, place + length));
            place += length;
        }
        return placed;
    }

    private static ReadOnlySpan<byte> Header(List<(SafetensorsSource Source, long Begin, long End)> placed, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        // Room for the length, known when the text is.
        buffer.Write(stackalloc byte[8]);
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafetensorsHeader.MetadataKey);
                foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
                json.WriteEndObject();
            }
            foreach ((SafetensorsSource source, long begin, long end) in placed)
            {
                json.WriteStartObject(source.Name);
                json.WriteString("dtype", source.Dtype.ToString());
                json.WriteStartArray("shape");
                foreach (long size in source.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(begin);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.WrittenCount % 8 != 0) buffer.Write(" "u8);
        if (buffer.WrittenCount - 8 > SafetensorsHeader.MaxLength)
            throw new ArgumentException($"The header would be {buffer.WrittenCount - 8} bytes; at most {SafetensorsHeader.MaxLength} are allowed. Shorten names or metadata.");
        byte[] header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - 8));
        return header;
    }

    /// <summary>Passes bytes on and counts them.</summary>
    private sealed class CountingStream(Stream inner) : Stream
    {
        public long Count { get; set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Count += buffer.Length;
            inner.Write(buffer);
        }
    }
}
