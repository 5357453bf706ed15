namespace ResNetGen;

/// <summary>
/// A convolution without bias, its batch normalisation and ReLU: children <c>conv</c> and <c>bn</c>.
/// Declared as <c>public partial ConvBatchNormReLU Name { get; }</c>.
/// </summary>
/// <param name="channels">Output channels; input channels are inferred.</param>
public sealed class ConvBatchNormReLUAttribute(int channels) : LayerAttribute
{
    /// <summary>Output channels; input channels are inferred.</summary>
    public int Channels { get; } = channels;

    /// <summary>Side of the kernel in pixels. Default 3.</summary>
    public int Kernel { get; set; } = 3;

    /// <summary>Stride in pixels. Default 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Groups of channels that do not see each other; must divide input and output channels (RNG0106). Default 1.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Distance in pixels between the taps of the kernel. Default 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>
    /// Pixels of zeros on each side. Not written, as many as let an odd kernel of stride 1 keep height and width.
    /// </summary>
    public int Padding { get; set; }
}
