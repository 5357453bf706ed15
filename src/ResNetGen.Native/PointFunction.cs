namespace ResNetGen.Native;

/// <summary>A function that an operation of an <see cref="InferenceProgram"/> applies to each element before it writes it.</summary>
/// <param name="Kind">Which function.</param>
/// <param name="Slope">Slope below zero of <see cref="PointFunctionKind.LeakyReLU"/>.</param>
public readonly record struct PointFunction(PointFunctionKind Kind, float Slope = 0)
{
    /// <summary>None.</summary>
    public static PointFunction None => default;

    /// <summary>max(x, 0).</summary>
    public static PointFunction ReLU => new(PointFunctionKind.ReLU);
}

/// <summary>The functions of a <see cref="PointFunction"/>.</summary>
public enum PointFunctionKind
{
    /// <summary>Elements stay as they are.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>x where it is positive, a small multiple of it elsewhere.</summary>
    LeakyReLU,

    /// <summary>x Φ(x), by the error function.</summary>
    GELU,

    /// <summary>x σ(x).</summary>
    SiLU,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,
}
