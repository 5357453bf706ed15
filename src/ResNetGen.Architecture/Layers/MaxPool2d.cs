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

    /// <inheritdoc/>
    public override Shape Output(Shape input) => Window!.Value.Output(input, input.Channels);

    // Where in its window each maximum came from: a byte on the processor, with ResNetGen's native library and windows of up to 255 taps.
    // Torch's own operation keeps a 64-bit index, and its input besides.
    private protected override long ExtraSavedBytes(Shape input) => (IsSmall ? 1 : 8) * Output(input).Elements;

    private bool IsSmall => Kernel * Kernel <= 255;

    internal override Signal Run(Signal input, SavedTally saved)
    {
        if (IsSmall)
            input.MayBeRead = true;
        else
            saved.Hold(input);
        return base.Run(input, saved);
    }

    private protected override long ElementwiseOperations(Shape input) => input.Elements;
}
