using System.ComponentModel;

namespace ResNetGen;

/// <summary>
/// Makes a partial class the plain twin of <see cref="ResNetAttribute"/>'s network: the same layers, no shortcuts
/// (He et al. 2015, section 3.3).
/// </summary>
/// <remarks>The input is <c>[N, Channels, Height, Width]</c>, the output <c>[N, Classes]</c>.</remarks>
// Structs and interfaces are let through so that RNG0003 can say what to write instead of the compiler's CS0592.
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class PlainNetAttribute : Attribute
{
    /// <summary>
    /// Weighted layers: 18 and 34 (basic blocks), 50, 101, 152 and 200 (bottlenecks). 0, the default, stands for "not
    /// written": then <see cref="Stages"/> says it.
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
    /// Which convolution of a bottleneck halves the feature map: <see cref="StridePlacement.First1x1"/> (default, the
    /// paper's, caption of table 1) or <see cref="StridePlacement.Conv3x3"/> (torchvision's, "v1.5"). Parameters and
    /// keys are the same, results are not.
    /// </summary>
    public StridePlacement Stride { get; set; } = StridePlacement.First1x1;

    /// <summary>
    /// What comes before the first stage: <see cref="ResNetGen.Stem.ImageNet"/> (default: 7x7 convolution of stride 2, then
    /// a 3x3 max pool of stride 2; a quarter of the input's side), <see cref="ResNetGen.Stem.Cifar"/> (one 3x3
    /// convolution of stride 1, for small images) or <see cref="ResNetGen.Stem.Deep"/> (three 3x3 convolutions in place of
    /// the 7x7 one: ResNet-C and -D).
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

    /// <summary>A plain network has no shortcuts: writing this is an error (RNG0110).</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Shortcut Shortcut { get; set; }

    /// <summary>A plain network has no shortcuts to pad: writing this is an error (RNG0110).</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ZeroPadding ZeroPadding { get; set; }

    /// <summary>
    /// Width of each stage before a bottleneck's expansion, one number a stage: <c>Widths = [64, 128, 256, 512]</c>. Default:
    /// 64, twice as wide from stage to stage.
    /// </summary>
    public int[]? Widths { get; set; }

    /// <summary>
    /// Pixels of the input from one pixel of the last feature map to the next: 8, 16 or 32. Stages beyond it dilate their 3x3
    /// convolutions instead of striding, as torchvision's <c>replace_stride_with_dilation</c> does, for segmentation and
    /// detection. 0, the default, stands for "not written": then every stage but the first strides, 32 in all.
    /// </summary>
    public int OutputStride { get; set; }

    /// <summary>A plain network has no branches that could start at zero: writing this is an error (RNG0110).</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public bool ZeroInitResidual { get; set; }

    /// <summary>
    /// What training computes a second time instead of keeping it (docs/memory.md): nothing (<see cref="ResNetGen.Recompute.None"/>,
    /// default), what normalisation and ReLU give inside a block (<see cref="ResNetGen.Recompute.Normalisation"/>), or whole blocks
    /// (<see cref="ResNetGen.Recompute.Block"/>). Nothing but memory and time depends on it: weights, results and gradients are the same.
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
    /// flattening and linear layer): the output is then the last feature map.
    /// </summary>
    public int Classes { get; set; } = 1000;
}
