using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Pixels of a layer's input from one pixel of its output to the next.</summary>
internal static class TotalStride
{
    public static int Of(Layer layer) => layer switch
    {
        Leaf leaf => leaf.Window?.Stride ?? 1,
        Sequence sequence => Product(sequence.Layers),
        Joined joined => Product(joined.Layers),
        Blocks blocks => Product(blocks.Runs.Select(run => run.Body)),
        Instance instance => Of(instance.Body),
        Residual residual => Of(residual.Branch),
        Graph graph => Nodes(graph).Last().Stride,
        _ => 1,
    };

    /// <summary>The strides of a graph's nodes, in its order. Inputs of one join have the same one where their shapes fit.</summary>
    public static IEnumerable<(string Name, int Stride)> Nodes(Graph graph)
    {
        var strides = new Dictionary<string, int>(StringComparer.Ordinal) { [Node.Input] = 1 };
        int last = 1;
        foreach (Node node in graph.Nodes)
        {
            last = Of(node.Layer) * (node.From.Count == 0 ? last : strides[node.From[0]]);
            strides[node.Layer.Name] = last;
            yield return (node.Layer.Name, last);
        }
    }

    private static int Product(IEnumerable<Layer> layers) => layers.Aggregate(1, (stride, layer) => stride * Of(layer));
}
