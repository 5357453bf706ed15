namespace ResNetGen.Architecture.Layers;

/// <summary>A layer with no layers inside. Each kind states its own shape rule, tensors, multiply-adds and saved activations.</summary>
/// <param name="Name">Its segment of state_dict keys.</param>
public abstract record Leaf(string Name) : Layer(Name)
{
    /// <summary>The layer in a few words, e.g. <c>conv 3×3, stride 2</c>.</summary>
    public abstract string Summary { get; }

    /// <summary>The window it slides over its input, where it has one.</summary>
    internal virtual Window? Window => null;

    /// <summary>Multiply-adds for one image.</summary>
    private protected virtual long MultiplyAdds(Shape input) => 0;

    /// <summary>Elements that stay alive for the backward pass because of this layer's output.</summary>
    private protected virtual long SavedActivations(Shape input) => 0;

    /// <summary>Its tensors, named within the layer.</summary>
    private protected virtual IEnumerable<StateEntry> Tensors(Shape input) => [];

    /// <inheritdoc/>
    public override Cost Measure(Shape input)
    {
        StateEntry[] tensors = [.. Tensors(input)];
        return new Cost
        {
            Parameters = tensors.Where(tensor => tensor.Kind == StateKind.Parameter).Sum(tensor => tensor.Elements),
            Buffers = tensors.Where(tensor => tensor.Kind == StateKind.Statistic).Sum(tensor => tensor.Elements),
            ParameterTensors = tensors.Count(tensor => tensor.Kind == StateKind.Parameter),
            StateDictEntries = tensors.Length,
            MultiplyAdds = MultiplyAdds(input),
            SavedActivations = SavedActivations(input),
            WeightedLayers = this is Conv2d or Linear ? 1 : 0,
            Convolutions = this is Conv2d ? 1 : 0,
            BatchNorms = this is BatchNorm2d ? 1 : 0,
        };
    }

    /// <inheritdoc/>
    public override IEnumerable<StateEntry> State(Shape input, string path) =>
        Tensors(input).Select(tensor => tensor with { Key = Join(path, tensor.Key) });

    internal override IEnumerable<PlacedLeaf> Leaves(Shape input, string path) => [new PlacedLeaf(path, this, input)];
}
