namespace ResNetGen;

/// <summary>What the attributes of layers with one input have in common.</summary>
// Fields are let through so that RNG0009 can say what to write instead of the compiler's CS0592.
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>What <see cref="From"/> says for the input of the network or of the branch itself.</summary>
    public const string Input = "input";

    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer whose output this one takes: <c>From = nameof(Stem)</c>, an earlier one of the same class, or
    /// <see cref="Input"/>. Not written, it is the one declared before.
    /// </summary>
    public string? From { get; set; }
}
