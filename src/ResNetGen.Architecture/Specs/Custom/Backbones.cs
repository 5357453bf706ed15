using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>
/// Used networks: the other network's layers for the shape that reaches them here, up to a tap. They become modules of this
/// network's own classes, named after the property, so that a change of the other network changes this one.
/// </summary>
internal static class Backbones
{
    public static Layer? Make(CustomBuilder builder, LayerPlace place, UseSpec spec, Source source)
    {
        Shape input = source.Shape;
        NetworkSpec used = spec.Network with { Channels = input.Channels, Height = input.Height, Width = input.Width };
        Resolution resolved = used.Resolution;
        if (resolved.Plan is not { } plan)
            return builder.Fail(Refusal(place, used, input, resolved.Problems[0]), source.Id);

        if (spec.Until is null)
            return Module(place, plan.Root);

        string wanted = SnakeCase.Of(spec.Until);
        if (plan.Taps.FirstOrDefault(each => each.Name == spec.Until || each.Name == wanted) is not { } tap)
            return builder.Fail(place.Problem(ProblemKind.TapUnknown, "Until", used.Name, spec.Until, string.Join(", ", plan.Taps.Select(each => each.Name))));

        return Module(place, new Sequence("", Until(plan.Root.Layers, tap.Name)));
    }

    private static Problem Refusal(LayerPlace place, NetworkSpec used, Shape input, Problem inner) =>
        inner.Kind == ProblemKind.FeatureMapVanished
            ? inner with { Details = inner.Details.Take(6).Skip(1).Prepend($"{place.Path} -> {inner.Details[0]}").ToEquatableArray(), Layer = "", Related = [place.Id] }
            : place.Problem(ProblemKind.BackboneRefusesInput, "", used.Name, input.ToString(), inner.ToString());

    // A branch may have a property of the same name as the network or another branch.
    private static Instance Module(LayerPlace place, Sequence body)
    {
        string prefix = place.ClassName.Replace(".", "") + place.Member.Name;
        return new Instance(place.Member.Key, prefix + "Backbone", Renamed(body, prefix));
    }

    // The root of a network with joins holds one graph.
    private static EquatableArray<Layer> Until(EquatableArray<Layer> layers, string tap)
    {
        if (layers.Count == 1 && layers[0] is Graph graph)
            return [Until(graph, tap)];

        List<Layer> kept = [];
        foreach (Layer layer in layers)
        {
            kept.Add(layer);
            if (layer.Name == tap)
                break;
        }

        return kept.ToEquatableArray();
    }

    /// <summary>The nodes that the tap needs, in their order.</summary>
    private static Graph Until(Graph graph, string tap)
    {
        List<Node> kept = [];
        var needed = new HashSet<string>(StringComparer.Ordinal) { tap };
        for (int i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            Node node = graph.Nodes[i];
            if (!needed.Contains(node.Layer.Name))
                continue;

            // What stood between it and its source may go, so the source is named.
            string before = i == 0 ? Node.Input : graph.Nodes[i - 1].Layer.Name;
            Node named = node.From.Count > 0 ? node : node with { From = [before] };
            needed.UnionWith(named.From);
            kept.Insert(0, named);
        }

        return graph with { Nodes = kept.ToEquatableArray() };
    }

    /// <summary>The same layers with the classes of their modules named after the property that uses them.</summary>
    private static T Renamed<T>(T layer, string prefix)
        where T : Layer => (T)(Layer)(layer switch
    {
        Instance instance => instance with { ClassName = prefix + instance.ClassName.Replace(".", ""), Body = Renamed(instance.Body, prefix) },
        Sequence sequence => sequence with { Layers = sequence.Layers.Select(each => Renamed(each, prefix)).ToEquatableArray() },
        Blocks blocks => blocks with { Runs = blocks.Runs.Select(each => Renamed(each, prefix)).ToEquatableArray() },
        Repeat repeat => repeat with { Body = Renamed(repeat.Body, prefix) },
        Residual residual => residual with { Branch = Renamed(residual.Branch, prefix) },
        Graph graph => graph with { Nodes = graph.Nodes.Select(each => each with { Layer = Renamed(each.Layer, prefix) }).ToEquatableArray() },
        _ => layer,
    });
}
