namespace ResNetGen.Architecture;

/// <summary>The options that the CIFAR networks share, with and without shortcuts (He et al. 2015, section 4.2).</summary>
public abstract record CifarSpec : NetworkSpec
{
    /// <summary>Weighted layers: 6n+2 of basic blocks, 9n+2 of bottlenecks, 3n+2 of single layers.</summary>
    public int? Depth { get; init; }

    /// <summary>The residual block; basic unless written, whatever the depth (164 is both 6n+2 and 9n+2).</summary>
    public Block? Block { get; init; }

    /// <inheritdoc/>
    protected override Shape DefaultInput => new(3, 32, 32);

    /// <inheritdoc/>
    protected override int DefaultClasses => 10;

    private protected virtual void CheckOptions(SpecChecker check)
    {
    }

    /// <summary>Adds the family's own options to a plan without shortcuts.</summary>
    private protected virtual ResidualPlan Finish(ResidualPlan plan) => plan;

    private protected override Resolution Resolve()
    {
        var check = new SpecChecker(this);
        check.Defined(nameof(Block), Block);
        CheckOptions(check);
        Block block = Block is null or ResNetGen.Block.Auto ? ResNetGen.Block.Basic : Block.Value;
        if (check.Failed || check.CifarStages(Depth, block) is not { } stages)
            return check.Failure;

        return check.Finish(Finish(new ResidualPlan
        {
            Family = Family,
            Input = Input,
            Classes = ClassCount,
            Block = block,
            Stages = stages,
            Widths = ResidualPlan.Doubling(16, stages.Count),
            Stem = Stem.Cifar,
            StemWidth = 16,
            Shortcut = null,
        }));
    }
}
