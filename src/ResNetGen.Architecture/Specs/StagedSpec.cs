namespace ResNetGen.Architecture;

/// <summary>The options that the ImageNet networks share, with and without shortcuts.</summary>
public abstract record StagedSpec : NetworkSpec
{
    /// <summary>Weighted layers: 18, 34, 50, 101, 152 or 200, or what <see cref="Stages"/> make.</summary>
    public int? Depth { get; init; }

    /// <summary>Blocks a stage, e.g. <c>[3, 4, 6, 3]</c>.</summary>
    public EquatableArray<int>? Stages { get; init; }

    /// <summary>The residual block.</summary>
    public Block? Block { get; init; }

    /// <summary>Which convolution of a bottleneck carries the stride; the first 1×1 unless written.</summary>
    public StridePlacement? Stride { get; init; }

    /// <summary>The layers before the first stage; the ImageNet stem unless written.</summary>
    public Stem? Stem { get; init; }

    /// <summary>Channels of the stem; 64 unless written.</summary>
    public int? StemWidth { get; init; }

    /// <summary>Groups of a bottleneck's 3×3 convolution; 1 unless written.</summary>
    public int? Groups { get; init; }

    /// <summary>Channels a group in the first stage, as torchvision means it; 64 unless written.</summary>
    public int? WidthPerGroup { get; init; }

    /// <summary>Width of each stage before a bottleneck's expansion; 64, 128, 256, … unless written.</summary>
    public EquatableArray<int>? Widths { get; init; }

    /// <summary>
    /// Pixels of the input from one pixel of the last feature map to the next: 8, 16 or 32. Stages beyond it dilate instead
    /// of striding. What the strides make unless written.
    /// </summary>
    public int? OutputStride { get; init; }

    /// <inheritdoc/>
    protected override Shape DefaultInput => new(3, 224, 224);

    /// <inheritdoc/>
    protected override int DefaultClasses => 1000;

    private protected virtual void CheckOptions(SpecChecker check)
    {
    }

    /// <summary>Adds the family's own options to a plan without shortcuts.</summary>
    private protected virtual ResidualPlan Finish(ResidualPlan plan) => plan;

    private protected override Resolution Resolve()
    {
        var check = new SpecChecker(this);
        check.Range(nameof(Stages), Stages);
        // The first two convolutions of a deep stem are half as wide.
        check.Range(nameof(StemWidth), StemWidth, Stem == ResNetGen.Stem.Deep ? 2 : 1, Limits.Channels);
        check.Range(nameof(Groups), Groups, 1, Limits.Channels);
        check.Range(nameof(WidthPerGroup), WidthPerGroup, 1, Limits.Channels);
        check.Defined(nameof(Block), Block);
        check.Defined(nameof(Stride), Stride);
        check.Defined(nameof(Stem), Stem);
        check.BlockWidth(Groups, WidthPerGroup);
        if (Block == ResNetGen.Block.SingleLayer)
            check.Meaning(nameof(Block), Block, $"[{Family}]", $"[Cifar{Family}]");
        CheckOptions(check);
        if (check.Failed || check.Stages(Depth, Stages, Block) is not { } chosen)
            return check.Failure;

        if (chosen.Block == ResNetGen.Block.Basic)
        {
            check.BasicBlocks(nameof(Groups), Groups, 1);
            check.BasicBlocks(nameof(WidthPerGroup), WidthPerGroup, 64);
            check.Meaning(nameof(Stride), Stride, "basic blocks", "Block = Bottleneck");
        }

        Stem stem = Stem ?? ResNetGen.Stem.ImageNet;
        check.Widths(Widths, chosen.Stages.Count, chosen.Block, Groups ?? 1, WidthPerGroup ?? 64);
        check.OutputStride(OutputStride, StemLayers.Stride(stem), chosen.Stages.Count);
        if (check.Failed)
            return check.Failure;

        return check.Finish(Finish(new ResidualPlan
        {
            Family = Family,
            Input = Input,
            Classes = ClassCount,
            Block = chosen.Block,
            Stages = chosen.Stages,
            Widths = Widths ?? ResidualPlan.Doubling(64, chosen.Stages.Count),
            Stem = stem,
            StemWidth = StemWidth ?? 64,
            Shortcut = null,
            Stride = Stride ?? StridePlacement.First1x1,
            Groups = Groups ?? 1,
            WidthPerGroup = WidthPerGroup ?? 64,
            OutputStride = OutputStride,
        }));
    }
}
