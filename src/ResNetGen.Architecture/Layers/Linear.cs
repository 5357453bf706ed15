namespace ResNetGen.Architecture.Layers;

/// <summary>A fully connected layer with bias on a 1×1 map.</summary>
/// <param name="Name">Its segment of state_dict keys.</param>
/// <param name="Features">Length of the output.</param>
public sealed record Linear(string Name, int Features) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => "linear";

    /// <inheritdoc/>
    public override Shape Output(Shape input) => new(Features, 1, 1);

    private protected override long MultiplyAdds(Shape input) => input.Elements * Features;

    private protected override IEnumerable<StateEntry> Tensors(Shape input) =>
    [
        new("weight", [Features, (int)input.Elements], StateKind.Parameter),
        new("bias", [Features], StateKind.Parameter),
    ];
}
