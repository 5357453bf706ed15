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

    internal override string Kind => "zero pad";

    internal override string KernelText => Stride == 1 ? "" : FormattableString.Invariant($"stride {Stride}");

    // A 1×1 window without weights: it takes the pixels that a projection of the same stride would.
    internal override Window? Window => new(1, Stride, 0);

    /// <inheritdoc/>
    public override Shape Output(Shape input) => Window!.Value.Output(input, Channels);

    // In 32 bits a pooling over one pixel takes every stride-th one, and keeps the map; in bfloat16 slicing does, and keeps
    // nothing (ResNetGen.Modules.ZeroPadShortcut), and so does the operation that does its work. Adding channels keeps nothing.
    internal override Signal Run(Signal input, SavedTally saved)
    {
        if (Stride != 1 && input.ElementBytes == Signal.Float32 && !input.IsInside)
            saved.Hold(input);

        return input.Become(Output(input.Shape));
    }
}
