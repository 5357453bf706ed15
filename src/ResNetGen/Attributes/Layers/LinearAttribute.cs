namespace ResNetGen;

/// <summary>
/// A fully connected layer with bias on a vector; its inputs are inferred.
/// Declared as <c>public partial Linear Name { get; }</c>.
/// </summary>
/// <param name="features">Length of the output.</param>
public sealed class LinearAttribute(int features) : LayerAttribute
{
    /// <summary>Length of the output.</summary>
    public int Features { get; } = features;
}
