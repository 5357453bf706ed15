using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Export.Onnx;

/// <summary>
/// Which nodes each kind of layer becomes. A kind that is not here cannot be exported; a test asks for every kind that there is.
/// </summary>
internal static class LayerTable
{
    /// <summary>Adds a layer's nodes to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="path">Where it stands: the names from the root down to itself, joined by dots.</param>
    /// <param name="input">What it takes.</param>
    /// <returns>What it gives.</returns>
    private delegate Flow Emit(GraphBuilder graph, Layer layer, string path, Flow input);

    private static readonly Dictionary<Type, Emit> s_kinds = new()
    {
        // What is made of layers.
        [typeof(Sequence)] = Kind<Sequence>(static (graph, sequence, path, input) => Unrolling.Chain(sequence.Layers, path, input, Into(graph))),
        [typeof(Joined)] = Kind<Joined>(static (graph, joined, path, input) => Unrolling.Chain(joined.Layers, path, input, Into(graph))),
        [typeof(Blocks)] = Kind<Blocks>(static (graph, blocks, path, input) => Unrolling.Chain(blocks.Runs, path, input, Into(graph))),
        [typeof(Repeat)] = Kind<Repeat>(static (graph, run, path, input) => Unrolling.Copies(run, path, input, Into(graph))),
        [typeof(Instance)] = Kind<Instance>(static (graph, instance, path, input) => Add(graph, instance.Body, path, input)),
        [typeof(Graph)] = Kind<Graph>(static (graph, paths, path, input) => Unrolling.Nodes(
            paths, path, input, Into(graph), (join, place, inputs) => Sums.Join(graph, join, place, inputs))),
        [typeof(Residual)] = Kind<Residual>(Sums.Residual),

        // What has weights.
        [typeof(Conv2d)] = Kind<Conv2d>(Products.Convolution),
        [typeof(Linear)] = Kind<Linear>(Products.Linear),
        [typeof(BatchNorm2d)] = Kind<BatchNorm2d>(Products.BatchNorm),
        [typeof(SqueezeExcitation)] = Kind<SqueezeExcitation>(Products.SqueezeExcitation),

        // What has none.
        [typeof(Activation)] = Kind<Activation>(Functions.Activation),
        [typeof(MaxPool2d)] = Kind<MaxPool2d>(Pools.Largest),
        [typeof(AvgPool2d)] = Kind<AvgPool2d>(Pools.Mean),
        [typeof(GlobalAvgPool)] = Kind<GlobalAvgPool>(Pools.Grid),
        [typeof(Flatten)] = Kind<Flatten>(Functions.Flatten),
        [typeof(ZeroPadShortcut)] = Kind<ZeroPadShortcut>(Functions.ZeroPad),
        [typeof(Join)] = Kind<Join>(static (graph, join, path, input) => Sums.Join(graph, join, path, [input])),

        // What does nothing in evaluation.
        [typeof(Dropout)] = Kind<Dropout>(static (_, _, _, input) => input),
        [typeof(DropPath)] = Kind<DropPath>(static (_, _, _, input) => input),
    };

    /// <summary>The kinds that can be exported.</summary>
    public static IReadOnlyCollection<Type> Kinds => s_kinds.Keys;

    /// <inheritdoc cref="Emit"/>
    public static Flow Add(GraphBuilder graph, Layer layer, string path, Flow input) => s_kinds.TryGetValue(layer.GetType(), out Emit? emit)
        ? emit(graph, layer, path, input)
        : throw new NotSupportedException($"{path} is a {layer.GetType().Name}, which ONNX export does not know.");

    private static Unrolling.Add<Flow> Into(GraphBuilder graph) => (layer, path, input) => Add(graph, layer, path, input);

    // The shape comes from the architecture and from nowhere else, whatever a layer's nodes are.
    private static Emit Kind<TLayer>(Func<GraphBuilder, TLayer, string, Flow, Flow> emit)
        where TLayer : Layer => (graph, layer, path, input) => emit(graph, (TLayer)layer, path, input);
}
