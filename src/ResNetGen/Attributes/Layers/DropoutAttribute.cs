namespace ResNetGen;

/// <summary>
/// Sets each element to zero with a probability while training, and scales the others up.
/// Declared as <c>public partial Dropout Name { get; }</c>.
/// </summary>
/// <param name="probability">Probability of zero, from 0 to below 1.</param>
public sealed class DropoutAttribute(double probability) : LayerAttribute
{
    /// <summary>Probability of zero, from 0 to below 1.</summary>
    public double Probability { get; } = probability;
}
