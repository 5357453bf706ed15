namespace ResNetGen.Architecture.Layers;

/// <summary>Layers that so often follow each other that one module holds them, e.g. a convolution, its normalisation and ReLU.</summary>
/// <param name="Name">Its segment of state_dict keys.</param>
/// <param name="Kind">The module's class, e.g. <c>ConvBatchNormReLU</c>.</param>
/// <param name="Layers">The layers, first to last, named within the module.</param>
public sealed record Joined(string Name, string Kind, EquatableArray<Layer> Layers) : Composite(Name)
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => Layers.Aggregate(input, (shape, layer) => layer.Output(shape));

    internal override IEnumerable<Part> Parts(Shape input) => new Sequence("", Layers).Parts(input);

    internal override Signal Run(Signal input, SavedTally saved) => Fusion.Run(Layers, input, saved, (layer, signal) => layer.Run(signal, saved));
}
