using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Export.Onnx;

/// <summary>Layers without weights that are no pooling.</summary>
internal static class Functions
{
    public static Flow Activation(GraphBuilder graph, Activation activation, string path, Flow input) => new(activation.Function switch
    {
        Function.ReLU => graph.Add("Relu", path, [input.Name]),
        Function.LeakyReLU => graph.Add("LeakyRelu", path, [input.Name], new OnnxAttribute.Real("alpha", (float)activation.NegativeSlope)),
        Function.Sigmoid => graph.Add("Sigmoid", path, [input.Name]),
        Function.SiLU => graph.Add("Mul", path, [input.Name, graph.Add("Sigmoid", path + ".sigmoid", [input.Name])]),
        Function.GELU => Gelu(graph, path, input.Name),
        _ => throw new NotSupportedException($"{path} is {activation.Function}, which ONNX export does not know."),
    }, activation.Output(input.Shape));

    public static Flow Flatten(GraphBuilder graph, Flatten flatten, string path, Flow input) =>
        new(graph.Add("Flatten", path, [input.Name], new OnnxAttribute.Integer("axis", 1)), flatten.Output(input.Shape));

    /// <summary>Every stride-th pixel, then channels of zeros.</summary>
    public static Flow ZeroPad(GraphBuilder graph, ZeroPadShortcut shortcut, string path, Flow input)
    {
        string output = input.Name;
        if (shortcut.Stride != 1)
        {
            output = graph.Add("Slice", path + ".slice",
            [
                output,
                graph.Constant(OnnxTensor.Of("slice.starts", 0, 0)),
                graph.Constant(OnnxTensor.Of("slice.ends", long.MaxValue, long.MaxValue)),
                graph.Constant(OnnxTensor.Of("slice.axes", 2, 3)),
                graph.Constant(OnnxTensor.Of(FormattableString.Invariant($"slice.steps{shortcut.Stride}"), shortcut.Stride, shortcut.Stride)),
            ]);
        }

        int added = shortcut.Channels - input.Shape.Channels;
        int before = shortcut.Padding == ZeroPadding.Both ? added / 2 : 0;
        if (added != 0)
        {
            // Before the first and after the last of batch, channels, rows and columns; zero is what Pad fills with.
            string pads = graph.Constant(OnnxTensor.Of(path + ".pads", 0, before, 0, 0, 0, added - before, 0, 0));
            output = graph.Add("Pad", path, [output, pads]);
        }

        return new Flow(output, shortcut.Output(input.Shape));
    }

    // x Φ(x) by the error function: the operator of its own came with set 20.
    private static string Gelu(GraphBuilder graph, string path, string input)
    {
        string scaled = graph.Add("Mul", path + ".scaled", [input, graph.Constant(OnnxTensor.Of("root_half", [], [MathF.Sqrt(0.5f)]))]);
        string error = graph.Add("Erf", path + ".erf", [scaled]);
        string shifted = graph.Add("Add", path + ".shifted", [error, graph.Constant(OnnxTensor.Of("one", [], [1f]))]);
        string halved = graph.Add("Mul", path + ".halved", [input, graph.Constant(OnnxTensor.Of("half", [], [0.5f]))]);
        return graph.Add("Mul", path, [halved, shifted]);
    }
}
