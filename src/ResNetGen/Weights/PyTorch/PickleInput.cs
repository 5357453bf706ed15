using System.Buffers.Binary;
using System.Text;

namespace ResNetGen.Weights.PyTorch;

/// <summary>The bytes of a pickle. Lengths that it states are checked against what is there before memory is taken.</summary>
internal sealed class PickleInput(Stream stream, string file)
{
    // Names of tensors are tens of characters long; this leaves room for a configuration kept as one text.
    private const int LongestText = 64 << 20;
    private const int LongestLine = 4096;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _small = new byte[8];

    /// <summary>Where the next byte stands in the stream.</summary>
    public long Position => stream.Position;

    public byte Byte()
    {
        int value = stream.ReadByte();
        return value >= 0 ? (byte)value : throw Ends();
    }

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Small(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Small(4));

    public long UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Small(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Small(8));

    public double Float() => BinaryPrimitives.ReadDoubleBigEndian(Small(8));

    public string Text(long length)
    {
        byte[] bytes = Bytes(length);
        try
        {
            return s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new PickleException($"{file}: expected a text in UTF-8 before byte {Position:N0}, found something else. The file is damaged; fetch it again.", e);
        }
    }

    public byte[] Bytes(long length)
    {
        long left = stream.Length - stream.Position;
        if (length < 0 || length > left)
            throw new PickleException($"{file}: expected {length:N0} bytes at {Position:N0}, found {left:N0} up to the end. The file is cut short or damaged; fetch it again.");
        if (length > LongestText)
            throw new PickleException($"{file}: expected a text of at most {LongestText:N0} bytes at {Position:N0}, found {length:N0}. Write the tensors alone: torch.save(model.state_dict(), ...).");

        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A line up to its end, which does not belong to it.</summary>
    public string Line()
    {
        var text = new StringBuilder();
        for (byte next = Byte(); next != '\n'; next = Byte())
        {
            if (text.Length == LongestLine)
                throw new PickleException($"{file}: expected a name before {Position:N0}, found a line of more than {LongestLine:N0} characters. The file is damaged.");

            text.Append((char)next);
        }

        return text.ToString();
    }

    private ReadOnlySpan<byte> Small(int count)
    {
        if (stream.ReadAtLeast(_small.AsSpan(0, count), count, throwOnEndOfStream: false) < count)
            throw Ends();

        return _small.AsSpan(0, count);
    }

    private PickleException Ends() =>
        new($"{file}: expected more of the pickle, found its end at byte {Position:N0}. The file is cut short; fetch it again.");
}
