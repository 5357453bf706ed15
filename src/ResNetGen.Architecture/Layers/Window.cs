namespace ResNetGen.Architecture.Layers;

/// <summary>A square window sliding over a feature map.</summary>
/// <param name="Kernel">Its side in pixels.</param>
/// <param name="Stride">Pixels from one position to the next.</param>
/// <param name="Padding">Pixels added on each side of the map.</param>
internal readonly record struct Window(int Kernel, int Stride, int Padding)
{
    private readonly int _dilation = 1;

    /// <summary>Distance in pixels between its taps.</summary>
    public int Dilation { get => Math.Max(1, _dilation); init => _dilation = value; }

    /// <summary>Whether a last partial position counts, as long as it begins on the map; otherwise it is dropped.</summary>
    public bool CountsPartial { get; init; }

    /// <summary>Pixels from its first tap to its last one.</summary>
    public int Extent => (Dilation * (Kernel - 1)) + 1;

    /// <summary>Number of positions along one side of the map; 0 where the window is larger than the padded map.</summary>
    public int Positions(int size)
    {
        int rest = size + (2 * Padding) - Extent;
        if (rest < 0)
            return CountsPartial && size > 0 ? 1 : 0;
        if (!CountsPartial)
            return (rest / Stride) + 1;

        int positions = ((rest + Stride - 1) / Stride) + 1;
        // PyTorch drops a position that would begin behind the map and its left padding.
        return (positions - 1) * Stride >= size + Padding ? positions - 1 : positions;
    }

    public Shape Output(Shape input, int channels) => new(channels, Positions(input.Height), Positions(input.Width));

    /// <summary>"7×7, stride 2".</summary>
    public override string ToString() => Stride == 1
        ? FormattableString.Invariant($"{Kernel}×{Kernel}")
        : FormattableString.Invariant($"{Kernel}×{Kernel}, stride {Stride}");
}
