namespace ResNetGen;

/// <summary>
/// Makes a partial class a VGG network (Simonyan and Zisserman 2015, table 1), the baseline of the residual papers: 3x3
/// convolutions in five groups with max pooling between them, then three linear layers. Keys and first weights are torchvision's.
/// </summary>
/// <remarks>
/// The input is <c>[N, Channels, Height, Width]</c> with at least 32 pixels a side, the output <c>[N, Classes]</c>.
/// <code>
/// [Vgg(Depth = 16, BatchNorm = true)]
/// public partial class Vgg16;
/// </code>
/// </remarks>
// Structs and interfaces are let through so that RNG0003 can say what to write instead of the compiler's CS0592.
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class VggAttribute : Attribute
{
    /// <summary>Weighted layers: 11, 13, 16 or 19 (configurations A, B, D and E). Required.</summary>
    public int Depth { get; set; }

    /// <summary>Whether batch normalisation follows each convolution, as in torchvision's <c>vgg16_bn</c>. Default false, as in the paper.</summary>
    public bool BatchNorm { get; set; }

    /// <summary>
    /// What training computes a second time instead of keeping it (docs/memory.md): nothing (<see cref="ResNetGen.Recompute.None"/>,
    /// default) or what normalisation and ReLU give (<see cref="ResNetGen.Recompute.Normalisation"/>, with
    /// <see cref="BatchNorm"/> only). There are no blocks. Nothing but memory and time depends on it.
    /// </summary>
    public Recompute Recompute { get; set; } = Recompute.None;

    /// <summary>Channels of an input image. Default 3 (red, green, blue).</summary>
    public int Channels { get; set; } = 3;

    /// <summary>Height of an input image, in pixels. Default 224.</summary>
    public int Height { get; set; } = 224;

    /// <summary>Width of an input image, in pixels. Default 224.</summary>
    public int Width { get; set; } = 224;

    /// <summary>
    /// Number of classes, which is the number of outputs of the last layer. Default 1000. 0 leaves the head away (pooling,
    /// flattening and linear layers): the output is then the last feature map.
    /// </summary>
    public int Classes { get; set; } = 1000;
}
