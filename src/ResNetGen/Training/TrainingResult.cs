using ResNetGen.Training;

namespace ResNetGen;

/// <summary>How a run ended.</summary>
public sealed record TrainingResult
{
    /// <summary>Whether all iterations were made; false where the run was interrupted.</summary>
    public required bool Completed { get; init; }

    /// <summary>Iterations done.</summary>
    public required long Iteration { get; init; }

    /// <summary>Iterations of the whole run.</summary>
    public required long TotalIterations { get; init; }

    /// <summary>
    /// The last evaluation: of the final weights where the run is completed. Never the best one, which would be
    /// chosen by looking at the test set.
    /// </summary>
    public EvaluationMetrics? LastEvaluation { get; init; }

    /// <summary>The newest checkpoint, or null where none was written.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Seconds of training, over all sessions of the run.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>The most memory the process has held, in bytes; 0 where it is not known.</summary>
    public long PeakMemoryBytes { get; init; }
}
