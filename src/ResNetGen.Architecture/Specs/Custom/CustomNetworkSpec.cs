namespace ResNetGen.Architecture;

/// <summary>A <c>[Network]</c>: layers as the user declares them, one property each.</summary>
public sealed record CustomNetworkSpec : NetworkSpec
{
    /// <summary>The layers in declaration order.</summary>
    public EquatableArray<MemberSpec> Members { get; init; }

    /// <summary>The branches, each before those nested in it.</summary>
    public EquatableArray<BranchSpec> Branches { get; init; }

    /// <inheritdoc/>
    public override string Family => "Network";

    /// <inheritdoc/>
    protected override Shape DefaultInput => new(3, 0, 0);

    /// <summary>What the last layer gives.</summary>
    protected override int DefaultClasses => Resolution.Plan?.Classes ?? 0;

    private protected override Resolution Resolve() => new CustomResolver(this).Resolve();
}
