namespace ResNetGen.Analyses;

/// <summary>A number that belongs to a layer.</summary>
/// <param name="Layer">The layer's path in the network, such as <c>layer3.22.conv2</c>.</param>
/// <param name="Value">The number.</param>
public readonly record struct LayerValue(string Layer, double Value);
