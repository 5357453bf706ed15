using System.Globalization;

namespace ResNetGen.Architecture;

/// <summary>
/// The shape of one image or feature map, without the batch: channels, then height and width in pixels. A vector, what
/// flattening gives and a linear layer takes, has only channels.
/// </summary>
/// <param name="Channels">Number of channels; the length of a vector.</param>
/// <param name="Height">Height in pixels; 1 for a vector.</param>
/// <param name="Width">Width in pixels; 1 for a vector.</param>
public readonly record struct Shape(int Channels, int Height, int Width)
{
    /// <summary>Whether it is a vector: a batch of it is [N, Channels] and not [N, Channels, 1, 1].</summary>
    public bool IsVector { get; init; }

    /// <summary>Number of elements: channels × height × width.</summary>
    public long Elements => (long)Channels * Height * Width;

    /// <summary>Number of pixels: height × width.</summary>
    public long Pixels => (long)Height * Width;

    /// <summary>A vector of a length.</summary>
    /// <param name="length">Number of elements.</param>
    public static Shape Vector(int length) => new(length, 1, 1) { IsVector = true };

    /// <summary>The shape as messages and documentation write it: <c>64×56×56</c>, or <c>512</c> for a vector.</summary>
    public override string ToString() => IsVector
        ? Channels.ToString(CultureInfo.InvariantCulture)
        : string.Format(CultureInfo.InvariantCulture, "{0}×{1}×{2}", Channels, Height, Width);
}
