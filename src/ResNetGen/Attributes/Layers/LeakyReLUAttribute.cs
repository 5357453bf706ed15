namespace ResNetGen;

/// <summary>
/// x where it is positive, a small multiple of it elsewhere.
/// Declared as <c>public partial LeakyReLU Name { get; }</c>.
/// </summary>
public sealed class LeakyReLUAttribute : LayerAttribute
{
    /// <summary>The multiple, from 0 to below 1. Default 0.01.</summary>
    public double NegativeSlope { get; set; } = 0.01;
}
