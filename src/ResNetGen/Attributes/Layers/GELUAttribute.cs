namespace ResNetGen;

/// <summary>
/// x Φ(x) of each element, the Gaussian error linear unit.
/// Declared as <c>public partial GELU Name { get; }</c>.
/// </summary>
public sealed class GELUAttribute : LayerAttribute;
