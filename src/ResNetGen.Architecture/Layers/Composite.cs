namespace ResNetGen.Architecture.Layers;

/// <summary>A layer made of layers. Each kind states which ones, and with which shape each is reached; costs and keys follow.</summary>
/// <param name="Name">Its segment of state_dict keys; empty where it only groups.</param>
public abstract record Composite(string Name) : Layer(Name)
{
    /// <summary>The layers inside, in registration order.</summary>
    internal abstract IEnumerable<Part> Parts(Shape input);

    /// <inheritdoc/>
    public override Cost Measure(Shape input)
    {
        Cost sum = default;
        foreach (Part part in Parts(input))
        {
            Cost cost = part.Layer.Measure(part.Input);
            sum += part.OnMainPath ? cost : cost with { WeightedLayers = 0 };
        }

        return sum;
    }

    /// <inheritdoc/>
    public override IEnumerable<StateEntry> State(Shape input, string path) =>
        Parts(input).SelectMany(part => part.Layer.State(part.Input, Join(path, part.Layer.Name)));

    internal override IEnumerable<PlacedLeaf> Leaves(Shape input, string path) => Parts(input).SelectMany(part =>
        part.Layer.Leaves(part.Input, Join(path, part.Layer.Name))
            .Select(leaf => part.OnMainPath ? leaf : leaf with { OnMainPath = false }));
}

/// <summary>A layer inside another.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Input">The shape that reaches it.</param>
/// <param name="OnMainPath">Whether its weighted layers count in the network's depth; those of shortcuts do not.</param>
internal readonly record struct Part(Layer Layer, Shape Input, bool OnMainPath = true);
