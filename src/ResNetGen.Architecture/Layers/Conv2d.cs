namespace ResNetGen.Architecture.Layers;

/// <summary>A square convolution without bias; its input channels are those of its input.</summary>
/// <param name="Name">Its segment of state_dict keys.</param>
/// <param name="Channels">Output channels.</param>
/// <param name="Kernel">Side of the kernel in pixels; the padding is half of it, so that stride 1 keeps height and width.</param>
/// <param name="Stride">Stride in pixels.</param>
/// <param name="Groups">Groups of channels that do not see each other.</param>
public sealed record Conv2d(string Name, int Channels, int Kernel, int Stride = 1, int Groups = 1) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => Groups == 1
        ? $"conv {Window}"
        : FormattableString.Invariant($"conv {Window}, {Groups} groups");

    internal override Window? Window => new(Kernel, Stride, Kernel / 2);

    /// <inheritdoc/>
    public override Shape Output(Shape input) => Window!.Value.Output(input, Channels);

    // Every weight is used once at every output pixel.
    private protected override long MultiplyAdds(Shape input) => Weight(input).Elements * Output(input).Pixels;

    // The batch normalisation that follows keeps its input.
    private protected override long SavedActivations(Shape input) => Output(input).Elements;

    private protected override IEnumerable<StateEntry> Tensors(Shape input) => [Weight(input)];

    private StateEntry Weight(Shape input) =>
        new("weight", [Channels, input.Channels / Groups, Kernel, Kernel], StateKind.Parameter);
}
