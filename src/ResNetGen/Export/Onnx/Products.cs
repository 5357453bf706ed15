using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Export.Onnx;

/// <summary>Layers with weights.</summary>
internal static class Products
{
    public static Flow Convolution(GraphBuilder graph, Conv2d conv, string path, Flow input)
    {
        string[] inputs = [input.Name, graph.Weight(path, "weight"), .. conv.Bias ? [graph.Weight(path, "bias")] : Array.Empty<string>()];
        string output = graph.Add("Conv", path, inputs,
            new OnnxAttribute.Integers("dilations", conv.Dilation, conv.Dilation),
            new OnnxAttribute.Integer("group", conv.Groups),
            new OnnxAttribute.Integers("kernel_shape", conv.Kernel, conv.Kernel),
            Pools.Pads(conv.ResolvedPadding, conv.ResolvedPadding, conv.ResolvedPadding),
            new OnnxAttribute.Integers("strides", conv.Stride, conv.Stride));
        return new Flow(output, conv.Output(input.Shape));
    }

    public static Flow Linear(GraphBuilder graph, Linear linear, string path, Flow input)
    {
        string output = graph.Add("Gemm", path, [input.Name, graph.Weight(path, "weight"), graph.Weight(path, "bias")],
            new OnnxAttribute.Integer("transB", 1));
        return new Flow(output, linear.Output(input.Shape));
    }

    public static Flow BatchNorm(GraphBuilder graph, BatchNorm2d norm, string path, Flow input)
    {
        string[] inputs =
        [
            input.Name, graph.Weight(path, "weight"), graph.Weight(path, "bias"),
            graph.Weight(path, "running_mean"), graph.Weight(path, "running_var"),
        ];
        return new Flow(graph.Add("BatchNormalization", path, inputs, new OnnxAttribute.Real("epsilon", (float)BatchNorm2d.Epsilon)), norm.Output(input.Shape));
    }

    public static Flow SqueezeExcitation(GraphBuilder graph, SqueezeExcitation layer, string path, Flow input)
    {
        string squeezed = Convolution("fc1", graph.Add("GlobalAveragePool", path + ".pool", [input.Name]));
        string excited = Convolution("fc2", graph.Add("Relu", path + ".relu", [squeezed]));
        string factors = graph.Add("Sigmoid", path + ".sigmoid", [excited]);
        return new Flow(graph.Add("Mul", path, [input.Name, factors]), layer.Output(input.Shape));

        string Convolution(string name, string from)
        {
            string place = GraphBuilder.Below(path, name);
            return graph.Add("Conv", place, [from, graph.Weight(place, "weight"), graph.Weight(place, "bias")],
                new OnnxAttribute.Integers("kernel_shape", 1, 1));
        }
    }
}
