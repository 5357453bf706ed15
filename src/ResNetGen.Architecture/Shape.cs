using System.Globalization;

namespace ResNetGen.Architecture;

/// <summary>The shape of one image or feature map, without the batch: channels, then height and width in pixels.</summary>
/// <param name="Channels">Number of channels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
public readonly record struct Shape(int Channels, int Height, int Width)
{
    /// <summary>Number of elements: channels × height × width.</summary>
    public long Elements => (long)Channels * Height * Width;

    /// <summary>Number of pixels: height × width.</summary>
    public long Pixels => (long)Height * Width;

    /// <summary>The shape as messages and documentation write it: <c>64×56×56</c>.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}×{1}×{2}", Channels, Height, Width);
}
