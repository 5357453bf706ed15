namespace ResNetGen;

/// <summary>
/// A feature map as a vector: [N, C, H, W] → [N, C·H·W].
/// Declared as <c>public partial Flatten Name { get; }</c>.
/// </summary>
public sealed class FlattenAttribute : LayerAttribute;
