namespace ResNetGen.Architecture;

/// <summary><c>[Use]</c>: another network, or its beginning, as a layer.</summary>
/// <param name="Network">The other network, as it is declared.</param>
public sealed record UseSpec(NetworkSpec Network) : LayerSpec
{
    /// <summary>The tap it ends at, as a key (<c>layer3</c>) or as a property (<c>Layer3</c>); null for all of it.</summary>
    public string? Until { get; init; }

    /// <inheritdoc/>
    public override string Attribute => "Use";
}
