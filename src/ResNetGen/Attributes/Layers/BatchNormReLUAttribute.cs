namespace ResNetGen;

/// <summary>
/// Batch normalisation and ReLU: child <c>bn</c>.
/// Declared as <c>public partial BatchNormReLU Name { get; }</c>.
/// </summary>
public sealed class BatchNormReLUAttribute : LayerAttribute;
