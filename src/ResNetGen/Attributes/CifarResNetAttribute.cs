namespace ResNetGen;

/// <summary>
/// Makes a partial class a residual network for CIFAR-sized images: a 3x3 convolution with 16 channels, then three stages
/// of 16, 32 and 64 channels at full, half and quarter side (He et al. 2015, section 4.2).
/// </summary>
/// <remarks>
/// The input is <c>[N, Channels, Height, Width]</c>, the output <c>[N, Classes]</c>.
/// <code>
/// [CifarResNet(Depth = 20)]
/// public partial class ResNet20;
/// </code>
/// </remarks>
// Structs and interfaces are let through so that RNG0003 can say what to write instead of the compiler's CS0592.
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class CifarResNetAttribute : Attribute
{
    /// <summary>
    /// Weighted layers: 6n+2 with basic blocks (20, 32, 44, 56, 110, 1202), 9n+2 with bottlenecks (164, 1001). Required.
    /// </summary>
    public int Depth { get; set; }

    /// <summary>
    /// The block that is repeated: <see cref="ResNetGen.Block.Basic"/> (two 3x3 convolutions) or
    /// <see cref="ResNetGen.Block.Bottleneck"/> (1x1, 3x3, 1x1). Default <see cref="ResNetGen.Block.Auto"/>: basic
    /// blocks, whatever the depth (164 is both 6n+2 and 9n+2).
    /// </summary>
    public Block Block { get; set; } = Block.Auto;

    /// <summary>
    /// What a shortcut does where the shape changes: <see cref="ResNetGen.Shortcut.A"/> pads zero channels and has no
    /// parameters, <see cref="ResNetGen.Shortcut.B"/> projects with a 1x1 convolution, <see cref="ResNetGen.Shortcut.C"/>
    /// projects in every block. Default A (the one of all the paper's CIFAR nets, section 4.2).
    /// </summary>
    public Shortcut Shortcut { get; set; } = Shortcut.A;

    /// <summary>Channels of an input image. Default 3 (red, green, blue).</summary>
    public int Channels { get; set; } = 3;

    /// <summary>Height of an input image, in pixels. Default 32.</summary>
    public int Height { get; set; } = 32;

    /// <summary>Width of an input image, in pixels. Default 32.</summary>
    public int Width { get; set; } = 32;

    /// <summary>Number of classes, which is the number of outputs of the last layer. Default 10.</summary>
    public int Classes { get; set; } = 10;
}
