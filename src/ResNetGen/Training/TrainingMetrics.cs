namespace ResNetGen.Training;

/// <summary>Averages over the iterations since the last metrics.</summary>
public sealed record TrainingMetrics
{
    /// <summary>Iterations done.</summary>
    public required long Iteration { get; init; }

    /// <summary>Iterations of the whole run.</summary>
    public required long TotalIterations { get; init; }

    /// <summary>Passes over the training set done, with a fraction.</summary>
    public required double Epoch { get; init; }

    /// <summary>Mean loss.</summary>
    public required double Loss { get; init; }

    /// <summary>Part of the pictures classified wrongly while training (augmented, network in training mode), 0 to 1.</summary>
    public required double Error { get; init; }

    /// <summary>The rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Pictures a second, from batch to batch.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Pictures a second where waiting for batches does not count.</summary>
    public required double ComputeImagesPerSecond { get; init; }

    /// <summary>Seconds that a step waited for its batch, on the average.</summary>
    public required double DataSeconds { get; init; }

    /// <summary>Seconds that a step took without that wait, on the average.</summary>
    public required double ComputeSeconds { get; init; }

    /// <summary>What the run holds in memory.</summary>
    public required MemoryUse Memory { get; init; }

    /// <summary>Seconds of training so far, over all sessions of the run.</summary>
    public required double ElapsedSeconds { get; init; }
}
