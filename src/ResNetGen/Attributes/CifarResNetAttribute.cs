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
    /// Weighted layers: 6n+2 with basic blocks (20, 32, 44, 56, 110, 1202), 9n+2 with bottlenecks (164, 1001), 3n+2 with
    /// single layers (110). Required.
    /// </summary>
    public int Depth { get; set; }

    /// <summary>
    /// The block that is repeated: <see cref="ResNetGen.Block.Basic"/> (two 3x3 convolutions),
    /// <see cref="ResNetGen.Block.Bottleneck"/> (1x1, 3x3, 1x1) or <see cref="ResNetGen.Block.SingleLayer"/> (one 3x3
    /// convolution a shortcut, He et al. 2016, table 3). Default <see cref="ResNetGen.Block.Auto"/>: basic
    /// blocks, whatever the depth (164 is both 6n+2 and 9n+2).
    /// </summary>
    public Block Block { get; set; } = Block.Auto;

    /// <summary>
    /// What a shortcut does where the shape changes: <see cref="ResNetGen.Shortcut.A"/> pads zero channels and has no
    /// parameters, <see cref="ResNetGen.Shortcut.B"/> projects with a 1x1 convolution, <see cref="ResNetGen.Shortcut.C"/>
    /// projects in every block. Default A (the one of all the paper's CIFAR nets, section 4.2).
    /// </summary>
    public Shortcut Shortcut { get; set; } = Shortcut.A;

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

    /// <summary>Height of an input image, in pixels. Default 32.</summary>
    public int Height { get; set; } = 32;

    /// <summary>Width of an input image, in pixels. Default 32.</summary>
    public int Width { get; set; } = 32;

    /// <summary>
    /// Number of classes, which is the number of outputs of the last layer. Default 10. 0 leaves the head away (pooling,
    /// flattening and linear layer): the output is then the last feature map.
    /// </summary>
    public int Classes { get; set; } = 10;
}
