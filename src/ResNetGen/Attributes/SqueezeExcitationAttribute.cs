namespace ResNetGen;

/// <summary>
/// Adds squeeze-and-excitation to every block of a residual network: the end of each branch is scaled channel by channel, by
/// factors made of the means of all channels (Hu et al. 2018, section 3). Keys are timm's: <c>layer1.0.se.fc1.weight</c>.
/// </summary>
/// <remarks>
/// <code>
/// [ResNet(Depth = 50, Stride = StridePlacement.Conv3x3), SqueezeExcitation(16)]
/// public partial class SeResNet50;
/// </code>
/// </remarks>
/// <param name="reduction">How many times narrower than the block's output the middle is; the paper's 16 unless written.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SqueezeExcitationAttribute(int reduction = 16) : Attribute
{
    /// <summary>How many times narrower than the block's output the middle is. A block narrower than that has none (RNG0108).</summary>
    public int Reduction { get; } = reduction;
}
