using System.Text;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// TorchSharp's raw tensor format: type, number of dimensions and sizes as LEB128 numbers, then the elements, little-endian
/// and contiguous.
/// </summary>
public static partial class TensorExtensionMethods
{
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        Leb128.Write(writer, (long)tensor.dtype);
        var shape = tensor.shape;
        Leb128.Write(writer, shape.Length);
        foreach (var extent in shape) Leb128.Write(writer, extent);
        writer.Flush();
        tensor.WriteBytesToStream(writer.BaseStream);
    }

    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        tensor.Save(writer);
    }

    public static void Save(this Tensor tensor, string location)
    {
        using var stream = File.Create(location);
        tensor.Save(stream);
    }

    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHead(reader);
        if (skip)
        {
            Skip(reader, type, shape);
            return empty(0, type);
        }
        // Sizes come from a file: nothing is allocated for more than the file still holds.
        RequireBytes(reader, type, shape);
        var tensor = empty(shape, type);
        tensor.ReadBytesFromStream(reader.BaseStream);
        return tensor;
    }

    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHead(reader);
        if (skip)
        {
            Skip(reader, type, shape);
            return;
        }
        if (type != tensor.dtype) throw new ArgumentException($"Mismatched tensor data types while loading. Make sure that the model you are loading into is exactly the same as the origin: expected {tensor.dtype}, found {type}.");
        if (!shape.AsSpan().SequenceEqual(tensor.shape))
            throw new ArgumentException($"Mismatched tensor shape while loading. Make sure that the model you are loading into is exactly the same as the origin: expected [{string.Join(", ", tensor.shape)}], found [{string.Join(", ", shape)}].");
        RequireBytes(reader, type, shape);
        if (tensor.device_type == DeviceType.CPU && tensor.is_contiguous())
        {
            tensor.ReadBytesFromStream(reader.BaseStream);
            return;
        }
        using var read = empty(shape, type, CPU);
        read.ReadBytesFromStream(reader.BaseStream);
        using (no_grad()) tensor.copy_(read);
    }

    public static void Load(ref Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        if (tensor is null)
            tensor = Load(reader, skip);
        else
            tensor.Load(reader, skip);
    }

    private static (ScalarType type, long[] shape) ReadHead(BinaryReader reader)
    {
        var type = Leb128.Read(reader);
        if (!Enum.IsDefined((ScalarType)(sbyte)Math.Clamp(type, sbyte.MinValue, sbyte.MaxValue)) || type > sbyte.MaxValue)
            throw new InvalidDataException($"A tensor's element type was expected, found {type}: the file is damaged or of another format.");
        var rank = Leb128.Read(reader);
        if (rank is < 0 or > 64) throw new InvalidDataException($"A tensor has up to 64 dimensions, found {rank}: the file is damaged or of another format.");
        var shape = new long[rank];
        for (var i = 0; i < shape.Length; i++) shape[i] = Leb128.Read(reader);
        return ((ScalarType)type, shape);
    }

    private static long ByteCount(ScalarType type, long[] shape)
    {
        try
        {
            return checked(shape.TotalSize() * type.ElementSize());
        }
        catch (OverflowException)
        {
            throw new InvalidDataException($"A tensor of [{string.Join(", ", shape)}] is larger than any memory: the file is damaged.");
        }
    }

    private static void RequireBytes(BinaryReader reader, ScalarType type, long[] shape)
    {
        var needed = ByteCount(type, shape);
        if (!reader.BaseStream.CanSeek) return;
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (needed > left) throw new EndOfStreamException($"A tensor of [{string.Join(", ", shape)}] needs {needed} bytes, the file has {left} left: it is cut short.");
    }

    private static void Skip(BinaryReader reader, ScalarType type, long[] shape)
    {
        var left = ByteCount(type, shape);
        if (reader.BaseStream.CanSeek)
        {
            reader.BaseStream.Seek(left, SeekOrigin.Current);
            return;
        }
        var buffer = new byte[81920];
        while (left > 0)
        {
            var part = (int)Math.Min(left, buffer.Length);
            reader.BaseStream.ReadExactly(buffer, 0, part);
            left -= part;
        }
    }
}
