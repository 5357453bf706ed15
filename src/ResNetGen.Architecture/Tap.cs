namespace ResNetGen.Architecture;

/// <summary>A feature map inside a network that others may want: the output of a stage.</summary>
/// <param name="Name">The layer's key, e.g. <c>layer3</c>.</param>
/// <param name="Output">Shape of the feature map.</param>
/// <param name="Stride">Pixels of the input from one pixel of the map to the next.</param>
public sealed record Tap(string Name, Shape Output, int Stride);
