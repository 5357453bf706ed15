namespace ResNetGen;

/// <summary>
/// The mean under a square window.
/// Declared as <c>public partial AvgPool2d Name { get; }</c>.
/// </summary>
/// <param name="kernel">Side of the window in pixels.</param>
public sealed class AvgPoolAttribute(int kernel) : LayerAttribute
{
    /// <summary>Side of the window in pixels.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Stride in pixels. Not written, the side of the window: windows do not overlap.</summary>
    public int Stride { get; set; }

    /// <summary>
    /// Pixels on each side that do not count. Not written, (Kernel − 1) / 2 where windows overlap, as the pooling after the
    /// first convolution of a ResNet has them, and 0 where they do not.
    /// </summary>
    public int Padding { get; set; }
}
