namespace ResNetGen.Architecture;

/// <summary><c>[Residual]</c>.</summary>
/// <param name="Branch">The branch's <see cref="BranchSpec.ClassName"/>.</param>
public sealed record ResidualSpec(string Branch) : LayerSpec
{
    /// <summary>How the shortcut gets over a change of shape; null for an identity that gets over none.</summary>
    public Shortcut? Shortcut { get; init; }

    /// <summary>How many follow each other; 1 unless written.</summary>
    public int? Repeat { get; init; }

    /// <summary>Whether ReLU follows the addition; it does unless written.</summary>
    public bool? ReLU { get; init; }

    /// <inheritdoc/>
    public override string Attribute => "Residual";
}
