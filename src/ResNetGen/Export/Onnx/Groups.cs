using System.Globalization;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Export.Onnx;

/// <summary>Layers made of layers: they have no nodes of their own, and unroll.</summary>
internal static class Groups
{
    public static Flow Chain(GraphBuilder graph, IEnumerable<Layer> layers, string path, Flow input) =>
        layers.Aggregate(input, (flow, layer) => LayerTable.Add(graph, layer, GraphBuilder.Below(path, layer.Name), flow));

    public static Flow Copies(GraphBuilder graph, Repeat run, string path, Flow input)
    {
        for (int index = run.First; index < run.First + run.Count; index++)
        {
            string copy = GraphBuilder.Below(index.ToString(CultureInfo.InvariantCulture), run.Body.Name);
            input = LayerTable.Add(graph, run.Body, GraphBuilder.Below(path, copy), input);
        }

        return input;
    }

    public static Flow Nodes(GraphBuilder graph, Graph paths, string path, Flow input)
    {
        var outputs = new Dictionary<string, Flow>(StringComparer.Ordinal) { [Node.Input] = input };
        Flow last = input;
        foreach (Node node in paths.Nodes)
        {
            Flow[] inputs = node.From.Count == 0 ? [last] : [.. node.From.Select(name => outputs[name])];
            string place = GraphBuilder.Below(path, node.Layer.Name);
            last = node.Layer is Join join ? Sums.Join(graph, join, place, inputs) : LayerTable.Add(graph, node.Layer, place, inputs[0]);
            outputs[node.Layer.Name] = last;
        }

        return last;
    }
}
