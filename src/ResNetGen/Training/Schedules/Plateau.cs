using System.Globalization;

namespace ResNetGen.Training;

/// <summary>
/// A rate that falls when the validation error stands still, as PyTorch's ReduceLROnPlateau decides it: after more than
/// <paramref name="Patience"/> evaluations in a row without an error below the best one × (1 − <paramref name="Threshold"/>).
/// What it has seen is in <see cref="PlateauState"/>, and in every checkpoint.
/// </summary>
/// <param name="Rate">The first rate.</param>
/// <param name="Factor">What a drop multiplies the rate by.</param>
/// <param name="Patience">Evaluations without a better error that are put up with.</param>
/// <param name="Threshold">By which part an error must be lower to count as better.</param>
/// <param name="Least">The rate falls no lower than this.</param>
public sealed record Plateau(double Rate, double Factor = 0.1, int Patience = 10, double Threshold = 1e-4, double Least = 0) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double BaseRate => Rate;

    /// <inheritdoc/>
    public override double RateAt(RunPoint point)
    {
        double rate = Rate;
        for (int drop = 0; drop < point.Drops; drop++)
        {
            rate = Math.Max(rate * Factor, Least);
        }

        return rate;
    }

    /// <summary>What is known after one more evaluation.</summary>
    /// <param name="before">What was known.</param>
    /// <param name="error">The error on the validation pictures, 0 to 1.</param>
    public PlateauState After(PlateauState before, double error)
    {
        if (error < before.Best * (1 - Threshold))
        {
            return before with { Best = error, Waited = 0 };
        }

        return before.Waited < Patience
            ? before with { Waited = before.Waited + 1 }
            : before with { Waited = 0, Drops = before.Drops + 1 };
    }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture,
        $"{Rate}, times {Factor} when the validation error has not fallen by {Threshold:P1} of itself for more than {Patience} evaluations")
        + (Least > 0 ? string.Create(CultureInfo.InvariantCulture, $", at least {Least}") : "");

    /// <inheritdoc/>
    public override string Parameters => string.Create(CultureInfo.InvariantCulture,
        $"plateau, rate {Rate:R}, factor {Factor:R}, patience {Patience}, threshold {Threshold:R}, least {Least:R}");

    /// <inheritdoc/>
    public override LearningRateSchedule Rescale(double rateRatio, double lengthRatio) =>
        this with { Rate = Rate * rateRatio, Least = Least * rateRatio };

    internal override void Require()
    {
        RecipeChecks.Within("Schedule.Factor", Factor, static value => value is > 0 and < 1, "more than 0 and less than 1, so that the rate falls");
        RecipeChecks.Within("Schedule.Patience", Patience, static value => value >= 0, "0 or more evaluations");
        RecipeChecks.Within("Schedule.Threshold", Threshold, static value => value is >= 0 and < 1, "0 or more and less than 1, a part of the error");
        RecipeChecks.Within("Schedule.Least", Least, static value => value >= 0, "0 or more");
    }
}
