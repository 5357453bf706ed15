namespace ResNetGen.Architecture.Layers;

/// <summary>The mean of each channel, or of each cell of a coarse grid laid over it.</summary>
/// <param name="Name">Its name; it has no state.</param>
/// <param name="Size">Cells of the grid along each side; 1 for one mean a channel.</param>
public sealed record GlobalAvgPool(string Name, int Size = 1) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => Size == 1
        ? "global average pool"
        : FormattableString.Invariant($"average pool to {Size}×{Size}");

    // Over a grid torch keeps the map; for a mean over all pixels libtorch 1.13 does as well, though it needs but its size.
    // Later ones do not: there this counts a map too much where no layer before it keeps that map.
    internal override bool KeepsInput => true;

    internal override Signal Run(Signal input, SavedTally saved) =>
        Size == 1 && !saved.MeansKeepMaps ? input.Become(Output(input.Shape)) : base.Run(input, saved);

    internal override ReceptiveField? Reach => null;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => new(input.Channels, Size, Size);

    private protected override long ElementwiseOperations(Shape input) => input.Elements;
}
