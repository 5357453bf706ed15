namespace ResNetGen.Architecture.Layers;

/// <summary>Layers that run one after the other.</summary>
/// <param name="Name">Its segment of state_dict keys; empty where it only groups.</param>
/// <param name="Layers">The layers, first to last.</param>
public sealed record Sequence(string Name, EquatableArray<Layer> Layers) : Layer(Name)
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => Layers.Aggregate(input, (shape, layer) => layer.Output(shape));

    /// <inheritdoc/>
    public override Cost Measure(Shape input)
    {
        Cost sum = default;
        foreach (Layer layer in Layers)
        {
            sum += layer.Measure(input);
            input = layer.Output(input);
        }

        return sum;
    }

    /// <inheritdoc/>
    public override IEnumerable<StateEntry> State(Shape input, string path)
    {
        foreach (Layer layer in Layers)
        {
            foreach (StateEntry entry in layer.State(input, Join(path, layer.Name)))
                yield return entry;

            input = layer.Output(input);
        }
    }

    internal override IEnumerable<PlacedLeaf> Leaves(Shape input, string path)
    {
        foreach (Layer layer in Layers)
        {
            foreach (PlacedLeaf leaf in layer.Leaves(input, Join(path, layer.Name)))
                yield return leaf;

            input = layer.Output(input);
        }
    }
}
