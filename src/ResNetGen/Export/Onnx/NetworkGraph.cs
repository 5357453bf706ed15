using ResNetGen.Architecture;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Export.Onnx;

/// <summary>A network as a graph: the nodes from its architecture, the constants from its state_dict.</summary>
internal static class NetworkGraph
{
    public static OnnxGraph Of(NetworkArchitecture architecture, IReadOnlyDictionary<string, Tensor> state)
    {
        var weights = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
        // Evaluation has no use for the counters of batches.
        foreach (StateEntry entry in architecture.StateDict.Where(static entry => entry.Kind != StateKind.Counter))
            weights.Add(entry.Key, Constant(architecture.Name, entry, state.GetValueOrDefault(entry.Key)));

        var graph = new GraphBuilder(weights, architecture.Output.IsVector ? "logits" : "features");
        Flow last = LayerTable.Add(graph, architecture.Root, "", new Flow(GraphBuilder.InputName, architecture.Input));
        if (last.Shape != architecture.Output)
            throw new InvalidOperationException($"{architecture.Name} gives {architecture.Output}, but its graph {last.Shape}.");

        return graph.Finish(architecture.Name, architecture.Input, last);
    }

    private static OnnxTensor Constant(string network, StateEntry entry, Tensor? tensor)
    {
        long[] shape = [.. entry.Shape.Select(static size => (long)size)];
        if (tensor is null || !tensor.shape.SequenceEqual(shape))
        {
            string found = tensor is null ? "nothing" : $"[{string.Join(", ", tensor.shape)}]";
            throw new InvalidOperationException(
                $"{network} is not what its architecture says: {entry.Key}: expected [{string.Join(", ", shape)}], found {found}.");
        }

        return new OnnxTensor(entry.Key, shape, IsInteger: false, () => Bytes(tensor));
    }

    // On any device, in any precision and layout.
    private static byte[] Bytes(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        return tensor.detach().cpu().to_type(ScalarType.Float32).contiguous().bytes.ToArray();
    }
}
