namespace ResNetGen.Architecture;

/// <summary>A <c>[CifarPlainNet]</c>: the network of <see cref="CifarResNetSpec"/> without its shortcuts.</summary>
public sealed record CifarPlainNetSpec : CifarSpec
{
    /// <inheritdoc/>
    public override string Family => "CifarPlainNet";
}
