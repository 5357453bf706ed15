using System.Runtime.InteropServices;

namespace ResNetGen.Export.Onnx;

// The messages of onnx.proto that a network needs, with their field numbers. Numbers are part of the format: they never change.

/// <summary>The whole file.</summary>
/// <param name="Graph">The computation.</param>
/// <param name="Metadata">What is said of it, by key.</param>
internal sealed record OnnxModel(OnnxGraph Graph, IReadOnlyList<KeyValuePair<string, string>> Metadata) : ProtoMessage
{
    /// <summary>The version of the format, that which came with operator set 17.</summary>
    public const int FormatVersion = 8;

    /// <summary>The set of operators: everything here means what its definition up to set 17 says.</summary>
    public const int OperatorSet = 17;

    public override void Tell(ProtoSink sink)
    {
        sink.Integer(1, FormatVersion);
        sink.Text(2, "ResNetGen");
        sink.Message(7, Graph);
        sink.Message(8, new OnnxOperatorSet(OperatorSet));
        sink.Messages(14, Metadata.Select(entry => new OnnxEntry(entry.Key, entry.Value)));
    }
}

/// <summary>A version of the standard operators, whose domain is the empty one.</summary>
internal sealed record OnnxOperatorSet(int Version) : ProtoMessage
{
    public override void Tell(ProtoSink sink) => sink.Integer(2, Version);
}

/// <summary>A key and a value.</summary>
internal sealed record OnnxEntry(string Key, string Value) : ProtoMessage
{
    public override void Tell(ProtoSink sink)
    {
        sink.Text(1, Key);
        sink.Text(2, Value);
    }
}

/// <summary>Nodes in an order in which each takes only what earlier ones give.</summary>
internal sealed record OnnxGraph(
    string Name, IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<OnnxTensor> Initializers, OnnxValue Input, OnnxValue Output) : ProtoMessage
{
    public override void Tell(ProtoSink sink)
    {
        sink.Messages(1, Nodes);
        sink.Text(2, Name);
        sink.Messages(5, Initializers);
        sink.Message(11, Input);
        sink.Message(12, Output);
    }
}

/// <summary>One operation with one result.</summary>
internal sealed record OnnxNode(string Name, string Operator, IReadOnlyList<string> Inputs, string Output) : ProtoMessage
{
    public IReadOnlyList<OnnxAttribute> Attributes { get; init; } = [];

    public override void Tell(ProtoSink sink)
    {
        foreach (string input in Inputs)
            sink.Text(1, input);

        sink.Text(2, Output);
        sink.Text(3, Name);
        sink.Text(4, Operator);
        sink.Messages(5, Attributes);
    }
}

/// <summary>A setting of a node. Its kind is told beside its value.</summary>
internal abstract record OnnxAttribute(string Name) : ProtoMessage
{
    public sealed override void Tell(ProtoSink sink)
    {
        sink.Text(1, Name);
        TellValue(sink);
    }

    protected abstract void TellValue(ProtoSink sink);

    public sealed record Real(string Name, float Value) : OnnxAttribute(Name)
    {
        protected override void TellValue(ProtoSink sink)
        {
            sink.Real(2, Value);
            sink.Integer(20, 1);
        }
    }

    public sealed record Integer(string Name, long Value) : OnnxAttribute(Name)
    {
        protected override void TellValue(ProtoSink sink)
        {
            sink.Integer(3, Value);
            sink.Integer(20, 2);
        }
    }

    public sealed record Integers(string Name, params long[] Values) : OnnxAttribute(Name)
    {
        protected override void TellValue(ProtoSink sink)
        {
            sink.Integers(8, Values);
            sink.Integer(20, 7);
        }
    }
}

/// <summary>A constant. Its bytes are made when they are written, and forgotten then.</summary>
/// <param name="Name">Its name among the values of the graph.</param>
/// <param name="Shape">Its dimensions; empty for a scalar.</param>
/// <param name="IsInteger">Whether its elements are 64-bit integers, not 32-bit floats.</param>
/// <param name="Make">Makes its elements' bytes, little-endian, in row-major order.</param>
internal sealed record OnnxTensor(string Name, IReadOnlyList<long> Shape, bool IsInteger, Func<byte[]> Make) : ProtoMessage
{
    private int Length => checked((int)(Shape.Aggregate(1L, static (product, size) => product * size) * (IsInteger ? sizeof(long) : sizeof(float))));

    public static OnnxTensor Of(string name, IReadOnlyList<long> shape, float[] values) =>
        new(name, shape, IsInteger: false, () => MemoryMarshal.AsBytes<float>(values).ToArray());

    public static OnnxTensor Of(string name, params long[] values) =>
        new(name, [values.Length], IsInteger: true, () => MemoryMarshal.AsBytes<long>(values).ToArray());

    /// <summary>Its elements, where they are floats.</summary>
    public float[] Floats() => MemoryMarshal.Cast<byte, float>(Make()).ToArray();

    public override void Tell(ProtoSink sink)
    {
        sink.Integers(1, Shape);
        sink.Integer(2, IsInteger ? 7 : 1);
        sink.Text(8, Name);
        sink.Bytes(9, Length, Make);
    }
}

/// <summary>A value of the graph that its user sees: 32-bit floats, the first dimension of any size.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions after the first.</param>
internal sealed record OnnxValue(string Name, IReadOnlyList<long> Shape) : ProtoMessage
{
    public override void Tell(ProtoSink sink)
    {
        sink.Text(1, Name);
        sink.Message(2, new Type(Shape));
    }

    // TypeProto, of which a tensor's type is the first of several.
    private sealed record Type(IReadOnlyList<long> Shape) : ProtoMessage
    {
        public override void Tell(ProtoSink sink) => sink.Message(1, new TensorType(Shape));
    }

    private sealed record TensorType(IReadOnlyList<long> Shape) : ProtoMessage
    {
        public override void Tell(ProtoSink sink)
        {
            sink.Integer(1, 1);
            sink.Message(2, new Dimensions(Shape));
        }
    }

    private sealed record Dimensions(IReadOnlyList<long> Shape) : ProtoMessage
    {
        public override void Tell(ProtoSink sink) => sink.Messages(1, Shape.Select(size => new Dimension(size)).Prepend(new Dimension(null)));
    }

    private sealed record Dimension(long? Value) : ProtoMessage
    {
        public override void Tell(ProtoSink sink)
        {
            if (Value is { } size)
                sink.Integer(1, size);
            else
                sink.Text(2, "N");
        }
    }
}
