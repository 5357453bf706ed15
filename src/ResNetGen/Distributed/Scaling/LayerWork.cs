using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Distributed.Scaling;

/// <summary>What a layer means to data-parallel training: what it has to exchange, and how long it computes beside the others.</summary>
/// <param name="Name">Its path, such as <c>layer3.22.conv2</c>.</param>
/// <param name="Parameters">Trainable parameters, each with a gradient.</param>
/// <param name="MultiplyAdds">Multiply-adds for one image.</param>
public sealed record LayerWork(string Name, long Parameters, long MultiplyAdds)
{
    /// <summary>The layers of a network in the order in which they run; those that neither compute nor learn are left out.</summary>
    public static IReadOnlyList<LayerWork> Of(NetworkArchitecture network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return [.. Leaves(network.Root, network.Input, "").Where(static layer => layer.Parameters + layer.MultiplyAdds > 0)];
    }

    private static IEnumerable<LayerWork> Leaves(Layer layer, Shape input, string path)
    {
        switch (layer)
        {
            case Repeat run:
                return Enumerable.Range(run.First, run.Count)
                    .SelectMany(index => Leaves(run.Body, input, Layer.Join(path, Layer.Join(FormattableString.Invariant($"{index}"), run.Body.Name))));
            case Composite composite:
                return composite.Parts(input).SelectMany(part => Leaves(part.Layer, part.Input, Layer.Join(path, part.Layer.Name)));
            default:
                Cost cost = layer.Measure(input);
                return [new LayerWork(path, cost.Parameters, cost.MultiplyAdds)];
        }
    }
}
