using System.ComponentModel;

namespace ResNetGen;

/// <summary>
/// Makes a partial class the plain twin of <see cref="CifarResNetAttribute"/>'s network: the same layers, no shortcuts
/// (He et al. 2015, section 4.2).
/// </summary>
/// <remarks>The input is <c>[N, Channels, Height, Width]</c>, the output <c>[N, Classes]</c>.</remarks>
// Structs and interfaces are let through so that RNG0003 can say what to write instead of the compiler's CS0592.
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class CifarPlainNetAttribute : Attribute
{
    /// <summary>Weighted layers: 6n+2 with basic blocks (20, 32, 44, 56, 110), 9n+2 with bottlenecks. Required.</summary>
    public int Depth { get; set; }

    /// <summary>
    /// The block that is repeated: <see cref="ResNetGen.Block.Basic"/> (two 3x3 convolutions) or
    /// <see cref="ResNetGen.Block.Bottleneck"/> (1x1, 3x3, 1x1). Default <see cref="ResNetGen.Block.Auto"/>: basic
    /// blocks, whatever the depth (164 is both 6n+2 and 9n+2).
    /// </summary>
    public Block Block { get; set; } = Block.Auto;

    /// <summary>A plain network has no shortcuts: writing this is an error (RNG0110).</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Shortcut Shortcut { get; set; }

    /// <summary>A plain network has no shortcuts to pad: writing this is an error (RNG0110).</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ZeroPadding ZeroPadding { get; set; }

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
