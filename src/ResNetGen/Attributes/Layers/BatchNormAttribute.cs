namespace ResNetGen;

/// <summary>
/// Batch normalisation of each channel, with scale and offset.
/// Declared as <c>public partial BatchNorm2d Name { get; }</c>.
/// </summary>
public sealed class BatchNormAttribute : LayerAttribute;
