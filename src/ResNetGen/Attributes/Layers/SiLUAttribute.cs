namespace ResNetGen;

/// <summary>
/// x σ(x) of each element, also called swish.
/// Declared as <c>public partial SiLU Name { get; }</c>.
/// </summary>
public sealed class SiLUAttribute : LayerAttribute;
