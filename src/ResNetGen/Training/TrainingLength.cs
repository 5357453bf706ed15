using System.Globalization;

namespace ResNetGen.Training;

/// <summary>How long a run is: in iterations, as the papers count, or in epochs.</summary>
public readonly record struct TrainingLength
{
    private TrainingLength(long count, bool inEpochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        InEpochs = inEpochs;
    }

    /// <summary>The number of iterations, or of epochs.</summary>
    public long Count { get; }

    /// <summary>Whether <see cref="Count"/> is in epochs.</summary>
    public bool InEpochs { get; }

    /// <summary>A length in iterations (optimizer steps).</summary>
    /// <param name="count">At least 1.</param>
    public static TrainingLength Iterations(long count) => new(count, inEpochs: false);

    /// <summary>A length in passes over the training set.</summary>
    /// <param name="count">At least 1.</param>
    public static TrainingLength Epochs(long count) => new(count, inEpochs: true);

    /// <summary>The length in iterations.</summary>
    /// <param name="iterationsPerEpoch">Iterations of one pass.</param>
    public long TotalIterations(long iterationsPerEpoch) => InEpochs ? checked(Count * iterationsPerEpoch) : Count;

    /// <summary>The length for another batch size: iterations are multiplied, epochs stay.</summary>
    /// <param name="ratio">What iterations are multiplied by.</param>
    public TrainingLength Rescale(double ratio) => InEpochs ? this : Iterations(Math.Max(1, (long)Math.Round(Count * ratio)));

    /// <summary>For example "64,000 iterations" or "4 epochs".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Count:N0} {(InEpochs ? "epoch" : "iteration")}{(Count == 1 ? "" : "s")}");
}
