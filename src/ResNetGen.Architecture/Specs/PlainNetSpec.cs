namespace ResNetGen.Architecture;

/// <summary>A <c>[PlainNet]</c>: the network of <see cref="ResNetSpec"/> without its shortcuts.</summary>
public sealed record PlainNetSpec : StagedSpec
{
    /// <inheritdoc/>
    public override string Family => "PlainNet";
}
