namespace ResNetGen.Architecture;

/// <summary>A layer of a network of one's own, as its attribute says it; <c>null</c> stands for "not written".</summary>
public abstract record LayerSpec
{
    private protected LayerSpec()
    {
    }

    /// <summary>The attribute's name without its suffix, e.g. <c>ConvBatchNormReLU</c>.</summary>
    public abstract string Attribute { get; }
}

/// <summary>A layer without options: <c>[BatchNorm]</c>, <c>[ReLU]</c>, <c>[GlobalAvgPool]</c>, <c>[Flatten]</c>, ...</summary>
/// <param name="Kind">Which.</param>
public sealed record PlainLayerSpec(PlainLayer Kind) : LayerSpec
{
    /// <inheritdoc/>
    public override string Attribute => Kind.ToString();
}

/// <summary>The layers whose attributes have no arguments.</summary>
public enum PlainLayer
{
    /// <summary>Batch normalisation.</summary>
    BatchNorm,

    /// <summary>Batch normalisation and ReLU in one module.</summary>
    BatchNormReLU,

    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>x Φ(x).</summary>
    GELU,

    /// <summary>x σ(x).</summary>
    SiLU,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>The mean of each channel, as a vector.</summary>
    GlobalAvgPool,

    /// <summary>A feature map as a vector.</summary>
    Flatten,
}

/// <summary><c>[LeakyReLU]</c>.</summary>
public sealed record LeakyReLUSpec : LayerSpec
{
    /// <summary>Slope below zero; 0.01 unless written.</summary>
    public double? NegativeSlope { get; init; }

    /// <inheritdoc/>
    public override string Attribute => "LeakyReLU";
}

/// <summary><c>[Dropout]</c>.</summary>
/// <param name="Probability">Probability of zero.</param>
public sealed record DropoutSpec(double Probability) : LayerSpec
{
    /// <inheritdoc/>
    public override string Attribute => "Dropout";
}

/// <summary><c>[Linear]</c>.</summary>
/// <param name="Features">Length of the output.</param>
public sealed record LinearSpec(int Features) : LayerSpec
{
    /// <inheritdoc/>
    public override string Attribute => "Linear";
}
