namespace ResNetGen;

/// <summary>The number format of a network's arithmetic in training. Weights and the optimizer are always fp32.</summary>
public enum Precision
{
    /// <summary>bfloat16 where the hardware multiplies in it, else fp32.</summary>
    Auto,

    /// <summary>32-bit floating point throughout.</summary>
    Fp32,

    /// <summary>Convolutions and matrix products in bfloat16, by autocast.</summary>
    BFloat16,
}
