namespace ResNetGen.Architecture.Layers;

/// <summary>max(x, 0), in place.</summary>
/// <param name="Name">Its name; it has no state.</param>
public sealed record ReLU(string Name) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => "ReLU";

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input;

    // Kept by itself and by the convolution that follows, in one storage.
    private protected override long SavedActivations(Shape input) => input.Elements;
}
