namespace ResNetGen;

/// <summary>What a network is prepared for.</summary>
public sealed record InferenceOptions
{
    /// <summary>The most images of a run. Fewer take as long as this many.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>
    /// The arithmetic. In bfloat16 weights and maps are rounded to 8 bits of mantissa and sums stay in 32 bits: outputs move by a
    /// per cent or two of the largest one.
    /// </summary>
    public Precision Precision { get; init; } = Precision.Fp32;

    /// <summary>
    /// Threads that compute on the CPU; null for all processors (or what OMP_NUM_THREADS says), and for one where a run is so
    /// short that sharing it costs more than it saves.
    /// </summary>
    public int? Threads { get; init; }
}
