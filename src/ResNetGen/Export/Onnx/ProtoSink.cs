using Google.Protobuf;

namespace ResNetGen.Export.Onnx;

/// <summary>
/// Where the fields of a message go. A message tells its fields once, and what listens either counts bytes or writes them:
/// protobuf wants a length before a nested message, and a network's weights are not to be held twice to learn it.
/// </summary>
internal abstract class ProtoSink
{
    public abstract void Integer(int field, long value);

    public abstract void Real(int field, float value);

    public abstract void Text(int field, string value);

    /// <summary>Bytes whose number is known before they are.</summary>
    public abstract void Bytes(int field, int length, Func<byte[]> make);

    public abstract void Message(int field, ProtoMessage message);

    /// <summary>Numbers one by one: the format is protobuf's second, where a list of them is not packed.</summary>
    public void Integers(int field, IEnumerable<long> values)
    {
        foreach (long value in values)
            Integer(field, value);
    }

    public void Messages(int field, IEnumerable<ProtoMessage> messages)
    {
        foreach (ProtoMessage message in messages)
            Message(field, message);
    }
}

/// <summary>A message of a protobuf format.</summary>
internal abstract record ProtoMessage
{
    /// <summary>Tells its fields.</summary>
    public abstract void Tell(ProtoSink sink);

    /// <summary>Bytes that it takes, its own tag and length excepted.</summary>
    public long Size()
    {
        var sizes = new ProtoSizes();
        Tell(sizes);
        return sizes.Total;
    }
}

/// <summary>Counts the bytes that fields take.</summary>
internal sealed class ProtoSizes : ProtoSink
{
    public long Total { get; private set; }

    public override void Integer(int field, long value) => Add(field, CodedOutputStream.ComputeInt64Size(value));

    public override void Real(int field, float value) => Add(field, CodedOutputStream.ComputeFloatSize(value));

    public override void Text(int field, string value) => Add(field, CodedOutputStream.ComputeStringSize(value));

    public override void Bytes(int field, int length, Func<byte[]> make) =>
        Add(field, CodedOutputStream.ComputeLengthSize(length) + (long)length);

    public override void Message(int field, ProtoMessage message)
    {
        long size = message.Size();
        // A length is a 64-bit number in the same form as any other.
        Add(field, CodedOutputStream.ComputeInt64Size(size) + size);
    }

    private void Add(int field, long bytes) => Total += CodedOutputStream.ComputeTagSize(field) + bytes;
}

/// <summary>Writes fields.</summary>
internal sealed class ProtoWriter(CodedOutputStream output) : ProtoSink
{
    public override void Integer(int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    public override void Real(int field, float value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed32);
        output.WriteFloat(value);
    }

    public override void Text(int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    public override void Bytes(int field, int length, Func<byte[]> make)
    {
        byte[] bytes = make();
        if (bytes.Length != length)
            throw new InvalidOperationException($"A field of {length} bytes got {bytes.Length}.");

        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
    }

    public override void Message(int field, ProtoMessage message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteLength(checked((int)message.Size()));
        message.Tell(this);
    }
}
