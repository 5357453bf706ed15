namespace ResNetGen;

/// <summary>
/// Limits what a network may cost. A network over its budget does not compile: RNG0401 and RNG0402 name its largest layers.
/// </summary>
/// <remarks>
/// <code>
/// [CifarResNet(Depth = 56), Budget(MaxParameters = 1_000_000, MaxMultiplyAdds = 150_000_000)]
/// public partial class ResNet56;
/// </code>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>The most trainable parameters. 0, the default, stands for "no limit".</summary>
    public long MaxParameters { get; set; }

    /// <summary>
    /// The most multiply-adds of convolutions and linear layers for one image of the network's input size, which the papers call
    /// FLOPs. 0, the default, stands for "no limit".
    /// </summary>
    public long MaxMultiplyAdds { get; set; }
}
