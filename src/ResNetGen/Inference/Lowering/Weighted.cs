using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;
using static TorchSharp.torch;

namespace ResNetGen.Planning;

/// <summary>Layers with weights.</summary>
internal static class Weighted
{
    public static Map Convolution(PlanBuilder plan, Conv2d conv, string path, Map input)
    {
        Tensor weight = plan.Weight(path, "weight", conv.Channels, input.Shape.Channels / conv.Groups, conv.Kernel, conv.Kernel);
        Tensor? bias = conv.Bias ? plan.Vector(path, "bias", conv.Channels) : null;
        return plan.Add(new Convolution(path, conv, weight, bias, input, new Map(conv.Output(input.Shape))));
    }

    public static Map Linear(PlanBuilder plan, Linear linear, string path, Map input)
    {
        Tensor weight = plan.Weight(path, "weight", linear.Features, input.Shape.Elements);
        return plan.Add(new FullyConnected(path, weight, plan.Weight(path, "bias", linear.Features), input, new Map(linear.Output(input.Shape))));
    }

    public static Map BatchNorm(PlanBuilder plan, BatchNorm2d norm, string path, Map input)
    {
        int channels = input.Shape.Channels;
        Tensor scale = plan.Vector(path, "weight", channels).div(plan.Vector(path, "running_var", channels).add(BatchNorm2d.Epsilon).sqrt());
        Tensor shift = plan.Vector(path, "bias", channels).sub(plan.Vector(path, "running_mean", channels).mul(scale));
        return plan.Add(new ScaleShift(path, scale, shift, input, new Map(norm.Output(input.Shape))));
    }

    public static Map SqueezeExcitation(PlanBuilder plan, SqueezeExcitation layer, string path, Map input)
    {
        Shape shape = input.Shape;
        Map factors = Unrolling.Chain(layer.Factors(shape).Layers, path, input, (each, place, map) => PlanLayers.Add(plan, each, place, map));
        return plan.Add(new Product(path, input, factors, new Map(layer.Output(shape))));
    }
}
