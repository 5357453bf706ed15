namespace ResNetGen.Architecture.Layers;

/// <summary>The mean of each channel.</summary>
/// <param name="Name">Its name; it has no state.</param>
public sealed record GlobalAvgPool(string Name) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => "global average pool";

    /// <inheritdoc/>
    public override Shape Output(Shape input) => new(input.Channels, 1, 1);

    // Kept by the linear layer that follows; the mean itself keeps only a shape.
    private protected override long SavedActivations(Shape input) => input.Channels;
}
