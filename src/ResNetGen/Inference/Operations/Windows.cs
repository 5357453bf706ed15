namespace ResNetGen.Planning;

/// <summary>The largest value or the mean under a window; padding is never the largest and does not count in the mean.</summary>
/// <param name="Path">The module.</param>
/// <param name="IsMean">Whether it is the mean.</param>
/// <param name="Kernel">Height and width of the window.</param>
/// <param name="Stride">Pixels from one position to the next, down and to the right.</param>
/// <param name="Padding">Pixels added above and on the left; below and on the right as many as the output's positions reach over.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it gives.</param>
internal sealed record Pool(
    string Path, bool IsMean, (int Height, int Width) Kernel, (int Height, int Width) Stride, int Padding, Map Input, Map Output) : Operation(Path, Output)
{
    public override IReadOnlyList<Map> Inputs => [Input];

    /// <summary>Pixels of padding that the last positions reach over, below and on the right.</summary>
    public (int Below, int Right) Over =>
    (
        Beyond(Input.Shape.Height, Output.Shape.Height, Kernel.Height, Stride.Height),
        Beyond(Input.Shape.Width, Output.Shape.Width, Kernel.Width, Stride.Width)
    );

    /// <summary>Whether a last partial window counts, that would be dropped otherwise.</summary>
    public bool CountsPartial =>
        ((Input.Shape.Height + (2 * Padding) - Kernel.Height) / Stride.Height) + 1 < Output.Shape.Height
        || ((Input.Shape.Width + (2 * Padding) - Kernel.Width) / Stride.Width) + 1 < Output.Shape.Width;

    private int Beyond(int size, int positions, int kernel, int stride) => Math.Max(0, ((positions - 1) * stride) + kernel - size - Padding);
}

/// <summary>Means over the cells of a grid that does not divide the map evenly: they overlap by a pixel, as torch's adaptive pooling has it.</summary>
/// <param name="Path">The module.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it gives; its height and width are the grid's.</param>
internal sealed record UnevenGrid(string Path, Map Input, Map Output) : Operation(Path, Output)
{
    public override IReadOnlyList<Map> Inputs => [Input];
}

/// <summary>Option A's shortcut: every stride-th pixel, and channels of zeros before and after.</summary>
/// <param name="Path">The module.</param>
/// <param name="Stride">Stride in pixels.</param>
/// <param name="Before">Channels of zeros before the first; the output's other new ones come after the last.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it gives.</param>
internal sealed record ZeroPad(string Path, int Stride, int Before, Map Input, Map Output) : Operation(Path, Output)
{
    public override IReadOnlyList<Map> Inputs => [Input];
}

/// <summary>Maps one after the other along the channels.</summary>
/// <param name="Path">The module.</param>
/// <param name="Parts">The maps, of one height and width.</param>
/// <param name="Output">What it gives.</param>
internal sealed record Stack(string Path, IReadOnlyList<Map> Parts, Map Output) : Operation(Path, Output)
{
    public override IReadOnlyList<Map> Inputs => Parts;
}

/// <summary>A map of several pixels as a vector: channels before rows before columns.</summary>
/// <param name="Path">The module.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it gives.</param>
internal sealed record Flattening(string Path, Map Input, Map Output) : Operation(Path, Output)
{
    public override IReadOnlyList<Map> Inputs => [Input];
}
