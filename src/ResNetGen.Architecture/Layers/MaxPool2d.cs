namespace ResNetGen.Architecture.Layers;

/// <summary>The largest value under a square window.</summary>
/// <param name="Name">Its name; it has no state.</param>
/// <param name="Kernel">Side of the window in pixels.</param>
/// <param name="Stride">Stride in pixels.</param>
/// <param name="Padding">Pixels added on each side, which never are the largest.</param>
public sealed record MaxPool2d(string Name, int Kernel, int Stride, int Padding = 0) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => $"max pool {Window}";

    internal override string Kind => "max pool";

    internal override Window? Window => new(Kernel, Stride, Padding);

    internal override bool KeepsInput => true;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => Window!.Value.Output(input, input.Channels);

    // Where each maximum came from, as a 64-bit index.
    private protected override long ExtraSavedBytes(Shape input) => 8 * Output(input).Elements;

    private protected override long ElementwiseOperations(Shape input) => input.Elements;
}
