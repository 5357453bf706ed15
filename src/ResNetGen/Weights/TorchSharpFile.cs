using System.Text;
using static TorchSharp.torch;

namespace ResNetGen.Weights;

/// <summary>
/// A file that TorchSharp's <c>Module.save</c> wrote (.dat): a number of entries, then each one's name, element type, shape and
/// bytes. It has no mark of its own, no table and no checksum: every length is held against what is left of the file.
/// </summary>
internal sealed class TorchSharpFile : IWeightFile
{
    // The least that an entry takes: a name's length, a name, a type, a number of dimensions.
    private const int LeastEntry = 4;
    private const int LongestName = 4096;
    private const int MostDimensions = 64;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly FileStream _stream;
    private readonly string _path;
    private readonly Dictionary<string, (WeightEntry Entry, long Start)> _places = new(StringComparer.Ordinal);

    private TorchSharpFile(FileStream stream, string path)
    {
        _stream = stream;
        _path = path;
        ReadPlaces();
    }

    public IReadOnlyList<WeightEntry> Entries => [.. _places.Values.OrderBy(place => place.Start).Select(place => place.Entry)];

    private long Left => _stream.Length - _stream.Position;

    /// <summary>Opens a file and reads everything but the tensors' elements.</summary>
    /// <exception cref="BadInputException">The file is missing or malformed.</exception>
    public static TorchSharpFile Open(string path) =>
        InputFile.Open(path, "weights that TorchSharp's Module.save wrote (.dat)", stream => new TorchSharpFile(stream, path));

    public Tensor Read(string name)
    {
        (WeightEntry entry, long start) = _places[name];
        Tensor tensor = empty([.. entry.Shape], dtype: TorchTypes.Of(entry.Dtype)).DetachFromDisposeScope();
        try
        {
            _stream.Position = start;
            Span<byte> bytes = entry.Shape.Contains(0) ? [] : tensor.bytes;
            if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                throw Refuse($"entry \"{Shown.Of(name)}\" ends early: the file became shorter while it was read");
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    public void Dispose() => _stream.Dispose();

    private void ReadPlaces()
    {
        long count = Number("the number of its entries");
        if (count == 0 || count > Left / LeastEntry)
            throw Refuse($"expected 1 to {Left / LeastEntry:N0} entries in {_stream.Length:N0} bytes, found {count:N0}");

        for (long i = 0; i < count; i++)
        {
            string name = Name();
            string shown = $"entry \"{Shown.Of(name)}\"";
            SafetensorsDtype dtype = Dtype(shown);
            long[] shape = Shape(shown);
            if (!SafetensorsHeader.TryByteLength(dtype, shape, out long length) || length > Left)
                throw Refuse($"{shown} of {dtype} [{string.Join(", ", shape)}] takes more than the {Left:N0} bytes that are left");
            if (length > int.MaxValue)
                throw Refuse($"{shown} is {length:N0} bytes; one tensor may be 2 GiB");
            if (!_places.TryAdd(name, (new WeightEntry(name, dtype, shape), _stream.Position)))
                throw Refuse($"{shown} is there twice");
            _stream.Position += length;
        }

        if (Left > 0)
            throw Refuse($"{Left:N0} bytes follow the last of its {count:N0} entries");
    }

    private string Name()
    {
        long length = Number("the length of a name");
        if (length is 0 or > LongestName || length > Left)
            throw Refuse($"expected a name of 1 to {Math.Min(LongestName, Left):N0} bytes before byte {_stream.Position:N0}, found {length:N0}");
        byte[] bytes = new byte[length];
        _stream.ReadExactly(bytes);
        try
        {
            return s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Refuse($"expected a name in UTF-8 before byte {_stream.Position:N0}, found something else");
        }
    }

    private SafetensorsDtype Dtype(string entry)
    {
        long type = Number($"the element type of {entry}");
        return type <= sbyte.MaxValue && TorchTypes.Of((ScalarType)type) is { } dtype
            ? dtype
            : throw Refuse($"{entry} is of element type {type:N0}; expected one of 0 to 7, 11 and 15, from Byte to BFloat16");
    }

    private long[] Shape(string entry)
    {
        long rank = Number($"the number of dimensions of {entry}");
        if (rank > MostDimensions)
            throw Refuse($"{entry} has {rank:N0} dimensions; a tensor has at most {MostDimensions}");
        long[] shape = new long[rank];
        for (int i = 0; i < shape.Length; i++)
            shape[i] = Number($"the shape of {entry}");
        return shape;
    }

    // LEB128: seven bits a byte, low ones first; 63 bits are all that a length can have.
    private long Number(string what)
    {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            int part = _stream.ReadByte();
            if (part < 0)
                throw Refuse($"expected {what} at byte {_stream.Position:N0}, found the end");
            value |= (long)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }

        throw Refuse($"{what}, before byte {_stream.Position:N0}, has more than 63 bits");
    }

    private BadInputException Refuse(string found) => new(
        $"{_path} cannot be read as a file of TorchSharp's Module.save: {found}. It is cut short, damaged or of another format; fetch it again, or write it again with Module.save.");
}
