namespace ResNetGen.Architecture;

/// <summary>The arithmetic of a training step, as far as it decides what autograd keeps.</summary>
public enum TrainingPrecision
{
    /// <summary>32-bit floating point throughout.</summary>
    Float32,

    /// <summary>
    /// Convolutions and linear layers in bfloat16 by autocast: their inputs and weights are cast, everything between them
    /// follows in bfloat16, parameters and statistics stay in 32 bits.
    /// </summary>
    BFloat16,
}
