namespace ResNetGen.Architecture.Layers;

/// <summary>The mean under a square window; padding does not count in it.</summary>
/// <param name="Name">Its name; it has no state.</param>
/// <param name="Kernel">Side of the window in pixels.</param>
/// <param name="Stride">Stride in pixels.</param>
public sealed record AvgPool2d(string Name, int Kernel, int Stride) : Leaf(Name)
{
    /// <summary>Pixels added on each side.</summary>
    public int Padding { get; init; }

    /// <summary>Whether a last partial window counts, so that an odd side halves to what a convolution of stride 2 gives.</summary>
    public bool CeilMode { get; init; }

    /// <inheritdoc/>
    public override string Summary => $"average pool {Window}";

    internal override string Kind => "average pool";

    internal override Window? Window => new(Kernel, Stride, Padding) { CountsPartial = CeilMode };

    internal override bool KeepsInput => true;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => Window!.Value.Output(input, input.Channels);

    private protected override long ElementwiseOperations(Shape input) => input.Elements;
}
