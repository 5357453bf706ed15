using System.Globalization;

namespace ResNetGen.Training;

/// <summary>
/// A staircase in epochs, as PyTorch's StepLR stepped once an epoch: the rate is multiplied by <paramref name="Factor"/> every
/// so many epochs.
/// </summary>
/// <param name="Rate">The first rate.</param>
/// <param name="Factor">What each step multiplies the rate by.</param>
/// <param name="Every">Epochs between two steps.</param>
public sealed record EpochDecay(double Rate, double Factor, int Every) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double BaseRate => Rate;

    /// <inheritdoc/>
    public override double RateAt(RunPoint point)
    {
        // One multiplication a step, as PyTorch does it, so that the doubles are the same.
        double rate = Rate;
        for (long epoch = Every; epoch <= point.Epoch; epoch += Every)
        {
            rate *= Factor;
        }

        return rate;
    }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"{Rate}, times {Factor} every {Every} epochs");

    /// <inheritdoc/>
    public override string Parameters => string.Create(CultureInfo.InvariantCulture,
        $"epoch steps, rate {Rate:R}, factor {Factor:R}, every {Every} epochs");

    /// <inheritdoc/>
    public override LearningRateSchedule Rescale(double rateRatio, double lengthRatio) => this with { Rate = Rate * rateRatio };

    internal override void Require()
    {
        RecipeChecks.Within("Schedule.Factor", Factor, static value => value >= 0, "0 or more");
        RecipeChecks.Within("Schedule.Every", Every, static value => value >= 1, "1 or more epochs between two steps");
    }
}
