namespace ResNetGen;

/// <summary>
/// 1 / (1 + e⁻ˣ) of each element.
/// Declared as <c>public partial Sigmoid Name { get; }</c>.
/// </summary>
public sealed class SigmoidAttribute : LayerAttribute;
