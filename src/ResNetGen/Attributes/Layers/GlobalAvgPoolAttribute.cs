namespace ResNetGen;

/// <summary>
/// The mean of each channel, as a vector: [N, C, H, W] → [N, C].
/// Declared as <c>public partial GlobalAvgPool Name { get; }</c>.
/// </summary>
public sealed class GlobalAvgPoolAttribute : LayerAttribute;
