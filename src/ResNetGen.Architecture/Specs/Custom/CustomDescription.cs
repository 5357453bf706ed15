using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Says what a network of one's own is, once its tree stands.</summary>
internal static class CustomDescription
{
    public static NetworkPlan Describe(CustomNetworkSpec spec, Sequence root)
    {
        Shape output = root.Output(spec.Input);
        int classes = output.IsVector ? output.Channels : 0;
        return new NetworkPlan
        {
            Family = spec.Family,
            Input = spec.Input,
            Classes = classes,
            Root = root,
            Taps = Taps(spec, root).ToEquatableArray(),
            Kind = "A network declared layer by layer",
            Options = "",
            Fingerprint = FormattableString.Invariant(
                $"input={spec.Input.Channels}x{spec.Input.Height}x{spec.Input.Width};classes={classes};layers={TreeText.Of(root)}"),
        };
    }

    private static IEnumerable<Tap> Taps(CustomNetworkSpec spec, Sequence root)
    {
        var keys = new HashSet<string>(spec.Members.Where(member => member.IsTap).Select(member => member.Key), StringComparer.Ordinal);
        return Outputs(spec.Input, root).Where(tap => keys.Contains(tap.Name));
    }

    private static IEnumerable<Tap> Outputs(Shape input, Sequence root)
    {
        if (root.Layers.Count == 1 && root.Layers[0] is Graph graph)
            return graph.Follow(input).Zip(TotalStride.Nodes(graph), (step, node) => new Tap(node.Name, step.Output, node.Stride));

        Shape shape = input;
        int stride = 1;
        List<Tap> outputs = [];
        foreach (Layer layer in root.Layers)
        {
            shape = layer.Output(shape);
            stride *= TotalStride.Of(layer);
            outputs.Add(new Tap(layer.Name, shape, stride));
        }

        return outputs;
    }
}
