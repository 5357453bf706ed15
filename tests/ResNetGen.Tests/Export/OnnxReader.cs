using System.Runtime.InteropServices;
using Google.Protobuf;

namespace ResNetGen.Tests.Export;

/// <summary>A message of any protobuf format: its fields by number, as they stand in the file.</summary>
internal sealed class OnnxReader
{
    private readonly List<(int Field, object Value)> _fields = [];

    /// <summary>Reads a message, and refuses bytes that are none.</summary>
    public OnnxReader(byte[] bytes)
    {
        var input = new CodedInputStream(bytes);
        while (input.ReadTag() is not 0 and var tag)
        {
            _fields.Add((WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadInt64(),
                WireFormat.WireType.Fixed32 => input.ReadFloat(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new InvalidDataException($"A field of wire type {other}, which ONNX does not have."),
            }));
        }
    }

    public static OnnxReader Open(string path) => new(File.ReadAllBytes(path));

    public IEnumerable<int> Fields => _fields.Select(static each => each.Field).Distinct();

    public long Integer(int field) => (long)Only(field);

    public float Real(int field) => (float)Only(field);

    public string Text(int field) => System.Text.Encoding.UTF8.GetString((byte[])Only(field));

    public byte[] Bytes(int field) => (byte[])Only(field);

    public OnnxReader Message(int field) => new(Bytes(field));

    public IEnumerable<long> Integers(int field) => All(field).Cast<long>();

    public IEnumerable<string> Texts(int field) => All(field).Select(static value => System.Text.Encoding.UTF8.GetString((byte[])value));

    public IEnumerable<OnnxReader> Messages(int field) => All(field).Select(static value => new OnnxReader((byte[])value));

    // The parts of a model by name, as onnx.proto numbers them.

    public OnnxReader Graph => Message(7);

    public OnnxReader Node(string name) => Messages(1).Single(node => node.Text(3) == name);

    public OnnxReader Initializer(string name) => Messages(5).Single(tensor => tensor.Text(8) == name);

    public float[] Floats => MemoryMarshal.Cast<byte, float>(Bytes(9)).ToArray();

    /// <summary>A node's attributes as text, in the order of the file.</summary>
    public string Attributes => string.Join("; ", Messages(5).Select(static each => each.Text(1) + " " + (each.Integer(20) switch
    {
        1 => each.Real(2).ToString(System.Globalization.CultureInfo.InvariantCulture),
        2 => each.Integer(3).ToString(System.Globalization.CultureInfo.InvariantCulture),
        7 => string.Join(",", each.Integers(8)),
        var kind => $"of kind {kind}",
    })));

    /// <summary>A graph's nodes, a line each: <c>name: Operator(inputs)</c>.</summary>
    public string[] Lines => [.. Messages(1).Select(static node => $"{node.Text(2)}: {node.Text(4)}({string.Join(", ", node.Texts(1))})")];

    private IEnumerable<object> All(int field) => _fields.Where(each => each.Field == field).Select(static each => each.Value);

    private object Only(int field) => All(field).Single();
}
