namespace ResNetGen.Architecture;

/// <summary>A residual or plain network with nothing left open: what the builder builds.</summary>
internal sealed record ResidualPlan
{
    public required string Family { get; init; }

    public required Shape Input { get; init; }

    /// <summary>0 for a network without a head.</summary>
    public required int Classes { get; init; }

    public required Block Block { get; init; }

    /// <summary>Blocks a stage.</summary>
    public required EquatableArray<int> Stages { get; init; }

    /// <summary>Width of each stage, before a bottleneck's expansion.</summary>
    public required EquatableArray<int> Widths { get; init; }

    public required Stem Stem { get; init; }

    public required int StemWidth { get; init; }

    /// <summary>Null in plain networks.</summary>
    public required Shortcut? Shortcut { get; init; }

    public ZeroPadding Padding { get; init; }

    public StridePlacement Stride { get; init; }

    public int Groups { get; init; } = 1;

    public int WidthPerGroup { get; init; } = 64;

    public Unit Unit { get; init; }

    public Skip Skip { get; init; }

    /// <summary>What <see cref="Skip.ConstantScale"/> scales the shortcut by.</summary>
    public double SkipScale { get; init; } = 1;

    /// <summary>What <see cref="Skip.ConstantScale"/> scales the branch by.</summary>
    public double BranchScale { get; init; } = 1;

    /// <summary>What the biases of gates start from.</summary>
    public double GateBias { get; init; }

    /// <summary>Whether projections have batch normalisation, where their unit lets them.</summary>
    public bool ProjectionBatchNorm { get; init; } = true;

    /// <summary>Whether an average pooling carries the stride of projections (ResNet-D).</summary>
    public bool AverageDown { get; init; }

    public bool ZeroInitResidual { get; init; }

    /// <summary>Pixels of the input from one pixel of the last map to the next; null for what the strides make.</summary>
    public int? OutputStride { get; init; }

    /// <summary>How many times narrower squeeze-and-excitation's middle is; null for none.</summary>
    public int? SqueezeExcitation { get; init; }

    /// <summary>Probability that the last block's branch is dropped; null for none.</summary>
    public double? DropPath { get; init; }

    /// <summary>Whether the sum of a unit goes on as it is, and the next unit begins with what would have followed it.</summary>
    public bool IsPreActivation => Unit is Unit.ReLUOnlyPreActivation or Unit.FullPreActivation;

    /// <summary>Stage widths that double from one stage to the next, as in both papers.</summary>
    public static EquatableArray<int> Doubling(int first, int stages) =>
        Enumerable.Range(0, stages).Select(stage => first << stage).ToEquatableArray();
}
