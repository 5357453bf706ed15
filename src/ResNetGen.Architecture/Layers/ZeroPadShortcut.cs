namespace ResNetGen.Architecture.Layers;

/// <summary>Shortcut A: every <paramref name="Stride"/>-th pixel, and zero channels added; no parameters.</summary>
/// <param name="Name">Its name; it has no state.</param>
/// <param name="Channels">Output channels, at least as many as the input has.</param>
/// <param name="Stride">Stride in pixels.</param>
/// <param name="Padding">Where the zero channels go.</param>
public sealed record ZeroPadShortcut(string Name, int Channels, int Stride, ZeroPadding Padding) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => Stride == 1 ? "zero pad" : FormattableString.Invariant($"zero pad, stride {Stride}");

    // A 1×1 window without weights: it takes the pixels that a projection of the same stride would.
    internal override Window? Window => new(1, Stride, 0);

    // The pooling that takes every stride-th pixel keeps the map; adding channels keeps nothing.
    internal override bool KeepsInput => Stride != 1;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => Window!.Value.Output(input, Channels);
}
