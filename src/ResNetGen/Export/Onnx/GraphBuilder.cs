using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Export.Onnx;

/// <summary>A value on its way through the network: its name in the graph, and its shape for one image.</summary>
internal readonly record struct Flow(string Name, Shape Shape);

/// <summary>Collects nodes and constants; sees to it that no two values of the graph have one name.</summary>
internal sealed class GraphBuilder
{
    public const string InputName = "input";

    private readonly IReadOnlyDictionary<string, OnnxTensor> _weights;
    private readonly Dictionary<string, OnnxTensor> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken;
    private readonly List<OnnxNode> _nodes = [];

    /// <summary>Begins a graph.</summary>
    /// <param name="weights">What the network learnt, by key. What no layer asks for does not come into the graph.</param>
    /// <param name="outputName">The name of what the graph gives.</param>
    public GraphBuilder(IReadOnlyDictionary<string, OnnxTensor> weights, string outputName)
    {
        _weights = weights;
        OutputName = outputName;
        _taken = [.. weights.Keys, InputName, outputName];
    }

    /// <summary>The name of what the graph gives.</summary>
    public string OutputName { get; }

    /// <summary>Adds an operation.</summary>
    /// <param name="kind">The operator.</param>
    /// <param name="path">The module that it is of, which becomes the name of the node and of what it gives.</param>
    /// <param name="inputs">Names of values and constants.</param>
    /// <param name="attributes">Settings; those left out have the operator's defaults.</param>
    /// <returns>The name of what it gives.</returns>
    public string Add(string kind, string path, IReadOnlyList<string> inputs, params OnnxAttribute[] attributes)
    {
        string name = Unique(path);
        _nodes.Add(new OnnxNode(name, kind, inputs, name) { Attributes = attributes });
        return name;
    }

    /// <summary>The name of a tensor of the network, which comes into the graph.</summary>
    public string Weight(string path, string entry)
    {
        OnnxTensor tensor = _weights[Below(path, entry)];
        _used[tensor.Name] = tensor;
        return tensor.Name;
    }

    /// <summary>The name of a constant; equal names are one constant.</summary>
    public string Constant(OnnxTensor tensor)
    {
        if (!_constants.TryGetValue(tensor.Name, out string? name))
        {
            _constants[tensor.Name] = name = Unique("constants." + tensor.Name);
            _used[name] = tensor with { Name = name };
        }

        return name;
    }

    /// <summary>The whole graph.</summary>
    /// <param name="name">The network's name.</param>
    /// <param name="input">Shape of one image.</param>
    /// <param name="last">What the last layer gives.</param>
    public OnnxGraph Finish(string name, Shape input, Flow last)
    {
        // A network of nothing but layers that do nothing in evaluation hands on its input, which a graph may not.
        if (last.Name == InputName)
            last = last with { Name = Add("Identity", "identity", [InputName]) };

        IReadOnlyList<OnnxNode> nodes =
        [
            .. _nodes.Select(node => node with
            {
                Inputs = [.. node.Inputs.Select(Renamed)],
                Output = Renamed(node.Output),
            }),
        ];
        return new OnnxGraph(name, nodes, [.. _used.Values], new OnnxValue(InputName, Dimensions(input)), new OnnxValue(OutputName, Dimensions(last.Shape)));

        string Renamed(string value) => value == last.Name ? OutputName : value;
    }

    /// <summary>A path within a path.</summary>
    public static string Below(string path, string name) => Layer.Join(path, name);

    private static long[] Dimensions(Shape shape) => shape.IsVector ? [shape.Channels] : [shape.Channels, shape.Height, shape.Width];

    // A module that runs twice, as a block's ReLU does, names two nodes.
    private string Unique(string path)
    {
        string name = path;
        for (int number = 1; !_taken.Add(name); number++)
            name = FormattableString.Invariant($"{path}_{number}");

        return name;
    }
}
