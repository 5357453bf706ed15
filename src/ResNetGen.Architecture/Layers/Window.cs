namespace ResNetGen.Architecture.Layers;

/// <summary>A square window sliding over a feature map.</summary>
/// <param name="Kernel">Its side in pixels.</param>
/// <param name="Stride">Pixels from one position to the next.</param>
/// <param name="Padding">Pixels added on each side of the map.</param>
internal readonly record struct Window(int Kernel, int Stride, int Padding)
{
    /// <summary>Number of positions along one side of the map; the last partial one is dropped.</summary>
    public int Positions(int size) => ((size + (2 * Padding) - Kernel) / Stride) + 1;

    public Shape Output(Shape input, int channels) => new(channels, Positions(input.Height), Positions(input.Width));

    /// <summary>"7×7, stride 2".</summary>
    public override string ToString() => Stride == 1
        ? FormattableString.Invariant($"{Kernel}×{Kernel}")
        : FormattableString.Invariant($"{Kernel}×{Kernel}, stride {Stride}");
}
