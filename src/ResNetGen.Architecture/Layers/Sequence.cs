namespace ResNetGen.Architecture.Layers;

/// <summary>Layers that run one after the other. Where it has a name it is a module of its own, torch's Sequential.</summary>
/// <param name="Name">Its segment of state_dict keys; empty where it only groups.</param>
/// <param name="Layers">The layers, first to last.</param>
public sealed record Sequence(string Name, EquatableArray<Layer> Layers) : Composite(Name)
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => Layers.Aggregate(input, (shape, layer) => layer.Output(shape));

    internal override IEnumerable<Part> Parts(Shape input)
    {
        foreach (Layer layer in Layers)
        {
            yield return new Part(layer, input);
            input = layer.Output(input);
        }
    }

    internal override Signal Run(Signal input, SavedTally saved) => Fusion.Run(Layers, input, saved, saved.Run);
}
