namespace ResNetGen.Architecture.Layers;

/// <summary>A fully connected layer with bias on a vector.</summary>
/// <param name="Name">Its segment of state_dict keys.</param>
/// <param name="Features">Length of the output.</param>
public sealed record Linear(string Name, int Features) : Leaf(Name)
{
    /// <summary>Standard deviation of the normal distribution its weights start from; null for torch's default, a uniform one.</summary>
    public double? WeightDeviation { get; init; }

    /// <inheritdoc/>
    public override string Summary => "linear";

    internal override bool KeepsInput => true;

    private protected override bool IsProduct => true;

    internal override ReceptiveField? Reach => null;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => Shape.Vector(Features);

    private protected override long MultiplyAdds(Shape input) => checked(input.Elements * Features);

    private protected override long ElementwiseOperations(Shape input) => Features;

    private protected override Cost Counts => new() { WeightedLayers = 1 };

    private protected override IEnumerable<StateEntry> Tensors(Shape input) =>
    [
        new("weight", [Features, (int)input.Elements], StateKind.Parameter),
        new("bias", [Features], StateKind.Parameter),
    ];
}
