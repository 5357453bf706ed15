namespace ResNetGen;

/// <summary>
/// Makes a partial class a network of one's own: one partial property a layer, in the order in which they are declared.
/// </summary>
/// <remarks>
/// The input is <c>[N, Channels, Height, Width]</c>. Each layer takes the output of the one before it, or of the ones that its
/// <c>From</c> names; the last one's output is the network's. Input channels are inferred throughout.
/// <code>
/// [Network(Height = 32, Width = 32, Classes = 10)]
/// public partial class TinyNet
/// {
///     [ConvBatchNormReLU(64)]                 public partial ConvBatchNormReLU Stem { get; }
///     [Residual&lt;Down&gt;(Shortcut = Shortcut.B)] public partial Residual&lt;Down&gt; Reduce { get; }
///     [GlobalAvgPool]                         public partial GlobalAvgPool Pool { get; }
///     [Linear(10)]                            public partial Linear Head { get; }
///
///     [Branch]
///     public partial class Down
///     {
///         [ConvBatchNormReLU(128, Stride = 2)] public partial ConvBatchNormReLU A { get; }
///         [ConvBatchNorm(128)]                 public partial ConvBatchNorm B { get; }
///     }
/// }
/// </code>
/// </remarks>
// Structs and interfaces are let through so that RNG0003 can say what to write instead of the compiler's CS0592.
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>
    /// What training computes a second time instead of keeping it (docs/memory.md): nothing (<see cref="ResNetGen.Recompute.None"/>,
    /// default), what normalisation and ReLU give in <c>[BatchNormReLUConv]</c> members and in the blocks of used networks
    /// (<see cref="ResNetGen.Recompute.Normalisation"/>), or whole <c>[Residual]</c> members and blocks of used networks
    /// (<see cref="ResNetGen.Recompute.Block"/>). Nothing but memory and time depends on it. What a used network says for itself does
    /// not count here.
    /// </summary>
    public Recompute Recompute { get; set; } = Recompute.None;

    /// <summary>Channels of an input image. Default 3 (red, green, blue).</summary>
    public int Channels { get; set; } = 3;

    /// <summary>Height of an input image, in pixels. Must be written.</summary>
    public int Height { get; set; }

    /// <summary>Width of an input image, in pixels. Must be written.</summary>
    public int Width { get; set; }

    /// <summary>
    /// Number of classes. Where it is written, the last layer must give as many outputs (RNG0301); where it is not, it is
    /// what the last layer gives, and 0 for a network that ends with a feature map.
    /// </summary>
    public int Classes { get; set; }
}
