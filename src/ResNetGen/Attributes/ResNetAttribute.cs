namespace ResNetGen;

/// <summary>
/// Makes a partial class a residual network for ImageNet-sized images (He et al. 2015, section 3.3 and table 1).
/// </summary>
/// <remarks>
/// The input is <c>[N, Channels, Height, Width]</c>, the output <c>[N, Classes]</c>.
/// <code>
/// [ResNet(Depth = 152, Block = Bottleneck, Shortcut = B)]
/// public partial class ResNet152;
/// </code>
/// </remarks>
// Structs and interfaces are let through so that RNG0003 can say what to write instead of the compiler's CS0592.
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class ResNetAttribute : Attribute
{
    /// <summary>
    /// Weighted layers, the number in the network's name: 18 and 34 (basic blocks), 50, 101, 152 and 200 (bottlenecks).
    /// 0, the default, stands for "not written": then <see cref="Stages"/> says it.
    /// </summary>
    public int Depth { get; set; }

    /// <summary>
    /// Blocks in each of the stages, for a network that is not in the paper's table: <c>Stages = [3, 4, 6, 3]</c>.
    /// Needs <see cref="Block"/>. Where <see cref="Depth"/> is written too, the two must agree (RNG0103).
    /// </summary>
    public int[]? Stages { get; set; }

    /// <summary>
    /// The block that is repeated: <see cref="ResNetGen.Block.Basic"/> (two 3x3 convolutions) or
    /// <see cref="ResNetGen.Block.Bottleneck"/> (1x1, 3x3, 1x1). Default <see cref="ResNetGen.Block.Auto"/>: what the depth has in table 1.
    /// </summary>
    public Block Block { get; set; } = Block.Auto;

    /// <summary>
    /// What a shortcut does where the shape changes: <see cref="ResNetGen.Shortcut.A"/> pads zero channels and has no
    /// parameters, <see cref="ResNetGen.Shortcut.B"/> projects with a 1x1 convolution, <see cref="ResNetGen.Shortcut.C"/>
    /// projects in every block. Default B (the one the paper takes for its deep nets, section 4.1).
    /// </summary>
    public Shortcut Shortcut { get; set; } = Shortcut.B;

    /// <summary>
    /// Which convolution of a bottleneck halves the feature map: <see cref="StridePlacement.First1x1"/> (default, the
    /// paper's, caption of table 1) or <see cref="StridePlacement.Conv3x3"/> (torchvision's, "v1.5"). Parameters and
    /// keys are the same, results are not.
    /// </summary>
    public StridePlacement Stride { get; set; } = StridePlacement.First1x1;

    /// <summary>
    /// What comes before the first stage: <see cref="ResNetGen.Stem.ImageNet"/> (default: 7x7 convolution of stride 2, then
    /// a 3x3 max pool of stride 2; a quarter of the input's side) or <see cref="ResNetGen.Stem.Cifar"/> (one 3x3
    /// convolution of stride 1, for small images).
    /// </summary>
    public Stem Stem { get; set; } = Stem.ImageNet;

    /// <summary>Channels the stem gives. Default 64.</summary>
    public int StemWidth { get; set; } = 64;

    /// <summary>Groups of a bottleneck's 3x3 convolution, as torchvision means them (ResNeXt-50 32x4d has 32). Default 1.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>
    /// Channels a group of a bottleneck's 3x3 convolution has in the first stage, as torchvision means them (ResNeXt-50
    /// 32x4d has 4, Wide ResNet-50-2 has 128 with one group). Default 64.
    /// </summary>
    public int WidthPerGroup { get; set; } = 64;

    /// <summary>
    /// Where option A puts the zero channels: <see cref="ResNetGen.ZeroPadding.End"/> (default) or
    /// <see cref="ResNetGen.ZeroPadding.Both"/>. Has a meaning with <see cref="ResNetGen.Shortcut.A"/> only.
    /// </summary>
    public ZeroPadding ZeroPadding { get; set; } = ZeroPadding.End;

    /// <summary>Channels of an input image. Default 3 (red, green, blue).</summary>
    public int Channels { get; set; } = 3;

    /// <summary>Height of an input image, in pixels. Default 224.</summary>
    public int Height { get; set; } = 224;

    /// <summary>Width of an input image, in pixels. Default 224.</summary>
    public int Width { get; set; } = 224;

    /// <summary>Number of classes, which is the number of outputs of the last layer. Default 1000.</summary>
    public int Classes { get; set; } = 1000;
}
