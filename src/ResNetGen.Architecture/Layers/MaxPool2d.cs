namespace ResNetGen.Architecture.Layers;

/// <summary>The largest value under a square window.</summary>
/// <param name="Name">Its name; it has no state.</param>
/// <param name="Kernel">Side of the window in pixels; the padding is half of it.</param>
/// <param name="Stride">Stride in pixels.</param>
public sealed record MaxPool2d(string Name, int Kernel, int Stride) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => $"max pool {Window}";

    internal override Window? Window => new(Kernel, Stride, Kernel / 2);

    /// <inheritdoc/>
    public override Shape Output(Shape input) => Window!.Value.Output(input, input.Channels);

    // Its output, kept by the convolution that follows, and where each maximum came from: 64-bit indices.
    private protected override long SavedActivations(Shape input) => 3 * Output(input).Elements;
}
