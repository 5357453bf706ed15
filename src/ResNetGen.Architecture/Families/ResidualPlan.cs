namespace ResNetGen.Architecture;

/// <summary>A residual or plain network with nothing left open: what the builder builds and the emitter prints.</summary>
internal sealed record ResidualPlan
{
    public required string Family { get; init; }

    public required Shape Input { get; init; }

    public required int Classes { get; init; }

    public required Block Block { get; init; }

    /// <summary>Blocks a stage.</summary>
    public required EquatableArray<int> Stages { get; init; }

    /// <summary>Width of the first stage; each further one is twice as wide.</summary>
    public required int BaseWidth { get; init; }

    public required Stem Stem { get; init; }

    public required int StemWidth { get; init; }

    /// <summary>Null in plain networks.</summary>
    public required Shortcut? Shortcut { get; init; }

    public required ZeroPadding Padding { get; init; }

    public required StridePlacement Stride { get; init; }

    public required int Groups { get; init; }

    public required int WidthPerGroup { get; init; }
}
