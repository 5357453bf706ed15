using System.Globalization;

namespace ResNetGen.Training;

/// <summary>
/// A moving average of the weights is kept beside them (Polyak and Juditsky 1992) and saved in checkpoints under <c>ema.</c>.
/// BatchNorm's running statistics are not averaged again: they are the network's.
/// </summary>
/// <param name="Decay">How much of the average is kept at a step, such as 0.9999.</param>
/// <param name="Evaluate">Which weights an evaluation uses.</param>
public sealed record WeightAverage(double Decay, EvaluatedWeights Evaluate = EvaluatedWeights.Average)
{
    /// <summary>In words, with its number, which is not rounded.</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"decay {Decay:R}, evaluated {Evaluate switch
    {
        EvaluatedWeights.Raw => "without",
        EvaluatedWeights.Both => "with and without",
        _ => "with",
    }}");
}

/// <summary>
/// Which weights an evaluation uses where a moving average is kept. A checkpoint says which its test error is of
/// (<see cref="Checkpoints.CheckpointInfo.TestErrorOf"/>); <c>LoadWeights</c> takes the average out of it unless it is told otherwise
/// (<c>LoadOptions.Averaged = false</c>), whichever was evaluated.
/// </summary>
public enum EvaluatedWeights
{
    /// <summary>The average.</summary>
    Average,

    /// <summary>The weights that are trained; the average is only saved. The test error is theirs, not that of the average that is loaded.</summary>
    Raw,

    /// <summary>Both: the weights that are trained, whose error is the run's test error, and the average beside them (<c>val_ema.*</c>).</summary>
    Both,
}
