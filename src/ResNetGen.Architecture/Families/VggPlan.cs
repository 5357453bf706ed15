namespace ResNetGen.Architecture;

/// <summary>A VGG network with nothing left open.</summary>
internal sealed record VggPlan
{
    public required Shape Input { get; init; }

    /// <summary>0 for a network without a head.</summary>
    public required int Classes { get; init; }

    /// <summary>Weighted layers: 11, 13, 16 or 19.</summary>
    public required int Depth { get; init; }

    public required bool BatchNorm { get; init; }
}
