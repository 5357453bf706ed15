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

    /// <summary>
    /// Where option A puts the zero channels: <see cref="ResNetGen.ZeroPadding.End"/> (default) or
    /// <see cref="ResNetGen.ZeroPadding.Both"/>. Has a meaning with <see cref="ResNetGen.Shortcut.A"/> only.
    /// </summary>
    public ZeroPadding ZeroPadding { get; set; } = ZeroPadding.End;

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

    /// <summary>
    /// Where batch normalisation and activation stand in a unit (He et al. 2016, figure 4 and table 2):
    /// <see cref="ResNetGen.Unit.Original"/> (default, the unit of 2015), <see cref="ResNetGen.Unit.BatchNormAfterAddition"/>,
    /// <see cref="ResNetGen.Unit.ReLUBeforeAddition"/>, <see cref="ResNetGen.Unit.ReLUOnlyPreActivation"/> or
    /// <see cref="ResNetGen.Unit.FullPreActivation"/>, which the paper recommends.
    /// </summary>
    public Unit Unit { get; set; } = Unit.Original;

    /// <summary>
    /// What happens on the shortcut of every unit (He et al. 2016, section 3 and table 1): nothing
    /// (<see cref="ResNetGen.Skip.Identity"/>, default), a constant scale, a gate, a 1x1 convolution or dropout. For units
    /// without pre-activation (RNG0110).
    /// </summary>
    public Skip Skip { get; set; } = Skip.Identity;

    /// <summary>
    /// What <see cref="ResNetGen.Skip.ConstantScale"/> multiplies shortcuts by, from 0 to 1. Default 0.5 (table 1); has a
    /// meaning with it only.
    /// </summary>
    public double SkipScale { get; set; } = 0.5;

    /// <summary>
    /// What <see cref="ResNetGen.Skip.ConstantScale"/> multiplies branches by, from 0 to 1. Default 1; table 1 also has 0.5.
    /// Has a meaning with it only.
    /// </summary>
    public double BranchScale { get; set; } = 1;

    /// <summary>
    /// What the biases of gates start from. Default -6, the best value of table 1: gates start nearly closed, so that the
    /// shortcut starts nearly as the identity. Has a meaning with <see cref="ResNetGen.Skip.ExclusiveGate"/> and
    /// <see cref="ResNetGen.Skip.ShortcutOnlyGate"/> only. Where the shape changes, gates go to the branch's channels with
    /// its stride; the paper does not say what they do there.
    /// </summary>
    public double GateBias { get; set; } = -6;

    /// <summary>
    /// Whether the 1x1 projections of shortcuts have batch normalisation. Default true, as in the papers' own models; the
    /// weights that fb.resnet.torch gave out for 18 and 34 layers have none.
    /// </summary>
    public bool ProjectionBatchNorm { get; set; } = true;

    /// <summary>
    /// Whether a 2x2 average pooling carries the stride of projections, so that no pixel goes unseen (He, T. et al. 2018,
    /// "Bag of tricks", ResNet-D). Default false. Keys are timm's: <c>downsample.1</c> is the convolution. Has a meaning with
    /// shortcuts B and C only.
    /// </summary>
    public bool AverageDown { get; set; }

    /// <summary>
    /// Whether the scale of each block's last batch normalisation starts at 0, so that a block starts as its shortcut (Goyal
    /// et al. 2017, section 5.1). Default false: both papers start it at 1. Needs a branch that ends with batch
    /// normalisation (RNG0110).
    /// </summary>
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
