using System.Text;
using System.Text.Json;

namespace ResNetGen.Weights;

/// <summary>
/// The head of a safetensors file: 8 bytes of length (little-endian), then JSON that gives each tensor's element type, shape
/// and place. Everything is checked here, before any memory is taken for a tensor: sizes that overflow, places that overlap,
/// leave holes or do not end where the file does.
/// </summary>
public sealed class SafetensorsHeader
{
    /// <summary>The format's own limit, in bytes.</summary>
    public const int MaxLength = 100_000_000;

    internal const string MetadataKey = "__metadata__";

    private SafetensorsHeader(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>All tensors, by place.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>Free text by key; empty where the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads and checks the JSON.</summary>
    /// <param name="json">The header without its length.</param>
    /// <param name="dataLength">Bytes of the file that follow it.</param>
    /// <param name="file">What messages call the file.</param>
    /// <exception cref="SafetensorsException">The header is malformed.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength, string file)
    {
        if (json.Length == 0 || json[0] != (byte)'{')
            throw new SafetensorsException(file, $"the header must begin with '{{', found {(json.Length == 0 ? "nothing" : $"byte 0x{json[0]:x2}")}; this is not a safetensors file.");
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            // Names are read as text, so bytes that are no UTF-8 must be refused first.
            Utf8.GetCharCount(json);
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 });
            ReadAll(ref reader, entries, metadata, file);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            throw new SafetensorsException(file, $"the header is not valid JSON: {e.Message}", e);
        }
        CheckPlaces(entries, dataLength, file);
        return new SafetensorsHeader(entries, metadata);
    }

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private static void ReadAll(ref Utf8JsonReader reader, List<SafetensorsEntry> entries, Dictionary<string, string> metadata, string file)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!names.Add(name)) throw new SafetensorsException(file, $"the header names \"{name}\" twice.");
            reader.Read();
            if (name == MetadataKey) ReadMetadata(ref reader, metadata, file);
            else entries.Add(ReadEntry(ref reader, name, file));
        }
        // Reading on proves that only spaces follow.
        reader.Read();
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata, string file)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new SafetensorsException(file, $"{MetadataKey} must be an object of strings, found {reader.TokenType}.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) throw new SafetensorsException(file, $"{MetadataKey} \"{key}\" must be a string, found {reader.TokenType}.");
            if (!metadata.TryAdd(key, reader.GetString()!)) throw new SafetensorsException(file, $"{MetadataKey} names \"{key}\" twice.");
        }
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name, string file)
    {
        SafetensorsException Bad(string problem) => new(file, $"entry \"{name}\": {problem}");
        if (reader.TokenType != JsonTokenType.StartObject) throw Bad($"expected an object, found {reader.TokenType}.");
        string? dtypeName = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            switch (key)
            {
                case "dtype" when dtypeName is null:
                    if (reader.TokenType != JsonTokenType.String) throw Bad($"dtype must be a string, found {reader.TokenType}.");
                    dtypeName = reader.GetString()!;
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader) ?? throw Bad("shape must be a list of whole numbers from 0 to 2^63 - 1.");
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader) ?? throw Bad("data_offsets must be two whole numbers from 0 to 2^63 - 1.");
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Bad($"{key} is given twice.");
                default:
                    throw Bad($"unknown key \"{key}\"; expected dtype, shape and data_offsets.");
            }
        }
        if (dtypeName is null) throw Bad("dtype is missing.");
        if (shape is null) throw Bad("shape is missing.");
        if (offsets is null) throw Bad("data_offsets is missing.");
        if (!SafetensorsDtypes.TryParse(dtypeName, out SafetensorsDtype dtype))
            throw Bad($"unknown dtype \"{dtypeName}\"; expected one of {string.Join(", ", SafetensorsDtypes.Names)}.");
        if (offsets.Length != 2) throw Bad($"data_offsets must be two numbers, found {offsets.Length}.");
        if (offsets[1] < offsets[0]) throw Bad($"data_offsets [{offsets[0]}, {offsets[1]}] are reversed.");
        if (!TryByteLength(dtype, shape, out long length)) throw Bad($"shape [{string.Join(", ", shape)}] of {dtype} is more bytes than a number can hold.");
        if (length != offsets[1] - offsets[0])
            throw Bad($"shape [{string.Join(", ", shape)}] of {dtype} takes {length} bytes, but data_offsets [{offsets[0]}, {offsets[1]}] give {offsets[1] - offsets[0]}.");
        return new SafetensorsEntry(name, dtype, shape, offsets[0], offsets[1]);
    }

    private static long[]? ReadNumbers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return null;
        var numbers = new List<long>(4);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0) return null;
            numbers.Add(number);
        }
        return [.. numbers];
    }

    /// <summary>Elements × element size, or false where that overflows. A zero does not hide an overflow before it.</summary>
    internal static bool TryByteLength(SafetensorsDtype dtype, ReadOnlySpan<long> shape, out long length)
    {
        length = 1;
        foreach (long size in shape)
        {
            if (size < 0 || Math.BigMul(length, size, out long low) != 0 || low < 0) return false;
            length = low;
        }
        if (length > long.MaxValue / dtype.Size()) return false;
        length *= dtype.Size();
        return true;
    }

    private static void CheckPlaces(List<SafetensorsEntry> entries, long dataLength, string file)
    {
        // Empty tensors come before the one that starts where they do.
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)) is var order && order != 0 ? order : string.CompareOrdinal(a.Name, b.Name));
        long place = 0;
        SafetensorsEntry? before = null;
        foreach (SafetensorsEntry entry in entries)
        {
            string previous = before is null ? "the start of the data" : $"the end of \"{before.Name}\"";
            if (entry.Begin < place) throw new SafetensorsException(file, $"entry \"{entry.Name}\" begins at byte {entry.Begin}, before {previous} at {place}: entries overlap.");
            if (entry.Begin > place) throw new SafetensorsException(file, $"entry \"{entry.Name}\" begins at byte {entry.Begin}, after {previous} at {place}: there is a hole of {entry.Begin - place} bytes.");
            place = entry.End;
            before = entry;
        }
        if (place > dataLength)
            throw new SafetensorsException(file, $"the entries take {place} bytes, but only {dataLength} follow the header; \"{before!.Name}\" reaches past the end. The file is cut off.");
        if (place < dataLength) throw new SafetensorsException(file, $"{dataLength - place} bytes follow the last entry.");
    }
}
