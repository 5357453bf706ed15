namespace ResNetGen;

/// <summary>
/// max(x, 0) of each element.
/// Declared as <c>public partial ReLU Name { get; }</c>.
/// </summary>
public sealed class ReLUAttribute : LayerAttribute;
