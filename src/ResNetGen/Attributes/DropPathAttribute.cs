namespace ResNetGen;

/// <summary>
/// Drops branches of a residual network at random while it trains, by the image (stochastic depth, Huang et al. 2016). The
/// probability grows linearly from 0 in the first block to <see cref="Rate"/> in the last one, as in timm.
/// </summary>
/// <remarks>
/// <code>
/// [CifarResNet(Depth = 110), DropPath(0.5)]
/// public partial class ResNet110;
/// </code>
/// </remarks>
/// <param name="rate">Probability that the last block's branch is dropped, from 0 to 0.99.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DropPathAttribute(double rate) : Attribute
{
    /// <summary>Probability that the last block's branch is dropped, from 0 to 0.99.</summary>
    public double Rate { get; } = rate;
}
