namespace ResNetGen.Architecture;

/// <summary><c>[Join]</c>; which layers it joins is the member's <see cref="MemberSpec.From"/>.</summary>
/// <param name="Merge">Sum or stack.</param>
public sealed record JoinSpec(Merge Merge) : LayerSpec
{
    /// <inheritdoc/>
    public override string Attribute => "Join";
}
