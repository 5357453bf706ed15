using System.Runtime.InteropServices;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Export.Onnx;

/// <summary>
/// Takes batch normalisations into the convolutions before them: with fixed statistics both are one convolution with other
/// weights and a bias, which is what runtimes make of them when they load a file.
/// </summary>
internal static class BatchNormFolding
{
    public static OnnxGraph Fold(OnnxGraph graph)
    {
        Dictionary<string, OnnxTensor> constants = graph.Initializers.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        Dictionary<string, OnnxNode> makers = graph.Nodes.ToDictionary(static node => node.Output, StringComparer.Ordinal);
        ILookup<string, OnnxNode> readers = graph.Nodes.SelectMany(static node => node.Inputs.Select(input => (input, node)))
            .ToLookup(static pair => pair.input, static pair => pair.node, StringComparer.Ordinal);
        HashSet<string> gone = [];
        List<OnnxNode> nodes = [];
        foreach (OnnxNode node in graph.Nodes)
        {
            // Another reader of the convolution wants it without the normalisation.
            if (node.Operator != "BatchNormalization" || !makers.TryGetValue(node.Inputs[0], out OnnxNode? conv)
                || conv.Operator != "Conv" || conv.Output == graph.Output.Name || readers[conv.Output].Count() != 1)
            {
                nodes.Add(node);
                continue;
            }

            gone.Add(conv.Output);
            nodes.Add(Together(conv, node, constants));
        }

        nodes.RemoveAll(node => gone.Contains(node.Output));
        HashSet<string> read = [.. nodes.SelectMany(static node => node.Inputs)];
        return graph with { Nodes = nodes, Initializers = [.. constants.Values.Where(tensor => read.Contains(tensor.Name))] };
    }

    private static OnnxNode Together(OnnxNode conv, OnnxNode norm, Dictionary<string, OnnxTensor> constants)
    {
        OnnxTensor weight = constants[conv.Inputs[1]];
        OnnxTensor? bias = conv.Inputs.Count > 2 ? constants[conv.Inputs[2]] : null;
        OnnxTensor[] of = [.. norm.Inputs.Skip(1).Select(name => constants[name])];
        OnnxTensor[] folded =
        [
            weight with { Name = weight.Name + ".folded", Make = () => Bytes(Weights(weight.Floats(), Gains(of))) },
            new OnnxTensor(conv.Name + ".bias.folded", [weight.Shape[0]], IsInteger: false, () => Bytes(Biases(bias?.Floats(), of))),
        ];
        foreach (OnnxTensor tensor in folded)
            constants.Add(tensor.Name, tensor);

        return conv with { Inputs = [conv.Inputs[0], .. folded.Select(static tensor => tensor.Name)], Output = norm.Output };
    }

    // What normalising multiplies each channel by. In 64 bits, and rounded once.
    private static double[] Gains(OnnxTensor[] norm)
    {
        (float[] scale, float[] variance) = (norm[0].Floats(), norm[3].Floats());
        return [.. scale.Zip(variance, static (one, other) => one / Math.Sqrt((double)other + (float)BatchNorm2d.Epsilon))];
    }

    private static IEnumerable<double> Weights(float[] weights, double[] gains)
    {
        int each = weights.Length / gains.Length;
        return weights.Select((weight, at) => weight * gains[at / each]);
    }

    private static IEnumerable<double> Biases(float[]? biases, OnnxTensor[] norm)
    {
        (double[] gains, float[] offsets, float[] means) = (Gains(norm), norm[1].Floats(), norm[2].Floats());
        return gains.Select((gain, channel) => (((biases?[channel] ?? 0.0) - means[channel]) * gain) + offsets[channel]);
    }

    private static byte[] Bytes(IEnumerable<double> values) => MemoryMarshal.AsBytes<float>(values.Select(static value => (float)value).ToArray()).ToArray();
}
