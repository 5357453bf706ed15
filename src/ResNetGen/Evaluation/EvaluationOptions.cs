namespace ResNetGen.Evaluation;

/// <summary>How a network is run over the pictures. None of it changes what is measured, but for rounding.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Views of the network's own size in one forward pass; larger ones are fewer, so that memory is bounded.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The arithmetic.</summary>
    public Precision Precision { get; init; } = Precision.Fp32;

    /// <summary>Threads that prepare pictures.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>Ends the evaluation with an <see cref="OperationCanceledException"/>; the network stays as it was.</summary>
    public CancellationToken Cancellation { get; init; }
}
