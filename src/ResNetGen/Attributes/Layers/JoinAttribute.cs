namespace ResNetGen;

/// <summary>
/// Brings the outputs of several layers together. Declared as <c>public partial Join Name { get; }</c>.
/// </summary>
/// <param name="merge">How: their sum, or one after the other along the channels.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, Inherited = false)]
public sealed class JoinAttribute(Merge merge) : Attribute
{
    /// <summary>How: their sum, or one after the other along the channels.</summary>
    public Merge Merge { get; } = merge;

    /// <summary>
    /// The layers, two or more earlier ones of the same class: <c>From = [nameof(Left), nameof(Right)]</c>.
    /// <see cref="LayerAttribute.Input"/> stands for the input of the network or of the branch.
    /// </summary>
    public string[] From { get; set; } = [];
}
