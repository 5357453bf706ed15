namespace ResNetGen;

/// <summary>
/// Says which published weights a network starts from, so that the compiler can hold it against them (RNG0302 to RNG0304, RNG0309)
/// and <see cref="Weights.NetworkWeights.LoadWeights{TNetwork}"/> knows what to expect of a file.
/// </summary>
/// <remarks>
/// <code>
/// [ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, Classes = 37), Pretrained("resnet50", ReplaceHead = true)]
/// public partial class PetNet;
/// </code>
/// </remarks>
/// <param name="name">The network's name in torchvision: <c>resnet50</c>, <c>resnext50_32x4d</c>, <c>wide_resnet50_2</c>, …</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PretrainedAttribute(string name) : Attribute
{
    /// <summary>The network's name in torchvision.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Whether the last linear layer keeps its fresh weights, for other classes than ImageNet's 1000. Default false: then the
    /// classes must be the same (RNG0302).
    /// </summary>
    public bool ReplaceHead { get; set; }
}
