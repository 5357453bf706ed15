namespace ResNetGen.Training;

/// <summary>A network's result on the test set.</summary>
public sealed record EvaluationMetrics
{
    /// <summary>Iterations done when it was evaluated.</summary>
    public required long Iteration { get; init; }

    /// <summary>Passes over the training set done, with a fraction.</summary>
    public required double Epoch { get; init; }

    /// <summary>Mean cross-entropy.</summary>
    public required double Loss { get; init; }

    /// <summary>Pictures classified rightly.</summary>
    public required long Correct { get; init; }

    /// <summary>Pictures whose label is among the five best guesses; null with five classes or fewer, where that says nothing.</summary>
    public long? CorrectTop5 { get; init; }

    /// <summary>Pictures evaluated.</summary>
    public required long Count { get; init; }

    /// <summary>Top-1 accuracy, 0 to 1.</summary>
    public double Accuracy => (double)Correct / Count;

    /// <summary>Top-1 error, 0 to 1.</summary>
    public double Error => (double)(Count - Correct) / Count;

    /// <summary>Top-5 accuracy, 0 to 1; null with five classes or fewer.</summary>
    public double? Top5Accuracy => (double?)CorrectTop5 / Count;

    /// <summary>Top-5 error, 0 to 1; null with five classes or fewer.</summary>
    public double? Top5Error => (double?)(Count - CorrectTop5) / Count;

    /// <summary>Seconds that the evaluation took; null where nobody measured it.</summary>
    public double? Seconds { get; init; }

    /// <summary>Pictures a second of the evaluation, each counted twice where averaged weights were evaluated too; null where <see cref="Seconds"/> is.</summary>
    public double? ImagesPerSecond => (AveragedCorrect is null ? Count : 2 * Count) / Seconds;

    /// <summary>Mean cross-entropy with the averaged weights, where a recipe asks for both (<see cref="EvaluatedWeights.Both"/>).</summary>
    public double? AveragedLoss { get; init; }

    /// <summary>Pictures classified rightly with the averaged weights, likewise.</summary>
    public long? AveragedCorrect { get; init; }

    /// <summary>Top-1 error with the averaged weights, 0 to 1, likewise.</summary>
    public double? AveragedError => (double?)(Count - AveragedCorrect) / Count;

    /// <summary>Seconds of training so far, over all sessions of the run.</summary>
    public required double ElapsedSeconds { get; init; }
}
