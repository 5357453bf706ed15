using Google.Protobuf;

namespace ResNetGen.Training.TensorBoard;

/// <summary>
/// TensorFlow's <c>Event</c> messages (tensorflow/core/util/event.proto), field by field: the few kinds that scalars need.
/// </summary>
internal static class EventMessage
{
    /// <summary>The first one of each file: which format follows.</summary>
    public static byte[] FileVersion(double time) => Message(output =>
    {
        WriteTime(output, time);
        output.WriteTag(3, WireFormat.WireType.LengthDelimited);
        output.WriteString("brain.Event:2");
    });

    /// <summary>A session that starts at a step: readers drop what an earlier session wrote for that step and later ones.</summary>
    public static byte[] SessionStart(double time, long step) => Message(output =>
    {
        const int Start = 1;
        WriteTime(output, time);
        WriteStep(output, step);
        output.WriteTag(7, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Message(static session =>
        {
            session.WriteTag(1, WireFormat.WireType.Varint);
            session.WriteEnum(Start);
        })));
    });

    /// <summary>Scalars of one step; 32 bits each is all the format has.</summary>
    public static byte[] Scalars(double time, long step, IEnumerable<(string Name, double Value)> values) => Message(output =>
    {
        WriteTime(output, time);
        WriteStep(output, step);
        output.WriteTag(5, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Message(summary =>
        {
            foreach ((string name, double value) in values)
            {
                summary.WriteTag(1, WireFormat.WireType.LengthDelimited);
                summary.WriteBytes(ByteString.CopyFrom(Message(entry =>
                {
                    entry.WriteTag(1, WireFormat.WireType.LengthDelimited);
                    entry.WriteString(name);
                    entry.WriteTag(2, WireFormat.WireType.Fixed32);
                    entry.WriteFloat((float)value);
                })));
            }
        })));
    });

    private static void WriteTime(CodedOutputStream output, double time)
    {
        output.WriteTag(1, WireFormat.WireType.Fixed64);
        output.WriteDouble(time);
    }

    private static void WriteStep(CodedOutputStream output, long step)
    {
        // A zero is not written in proto3.
        if (step != 0)
        {
            output.WriteTag(2, WireFormat.WireType.Varint);
            output.WriteInt64(step);
        }
    }

    private static byte[] Message(Action<CodedOutputStream> fields)
    {
        using MemoryStream stream = new();
        using (CodedOutputStream output = new(stream, leaveOpen: true))
        {
            fields(output);
        }

        return stream.ToArray();
    }
}
