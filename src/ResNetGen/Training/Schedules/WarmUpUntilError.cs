using System.Globalization;

namespace ResNetGen.Training;

/// <summary>
/// The paper's warm-up for its 110-layer network: a small rate until the training error falls below a bound (He et al. 2015,
/// section 4.2: "about 400 iterations").
/// </summary>
/// <param name="Rate">The rate while warming up.</param>
/// <param name="TrainError">Ends when the training error, 0 to 1, is below this at a reading.</param>
public sealed record WarmUpUntilError(double Rate, double TrainError) : WarmUp
{
    /// <inheritdoc/>
    public override double RateAt(RunPoint point, double baseRate) => Rate;

    /// <inheritdoc/>
    public override bool IsOver(RunPoint point) => false;

    /// <inheritdoc/>
    public override bool EndsAt(double trainError) => trainError < TrainError;

    /// <inheritdoc/>
    public override WarmUp Rescale(double rateRatio, double lengthRatio) => this with { Rate = Rate * rateRatio };

    /// <inheritdoc/>
    protected override string Words => string.Create(CultureInfo.InvariantCulture, $"{Rate} until the training error is below {TrainError:P0}");

    /// <inheritdoc/>
    protected override string Numbers => string.Create(CultureInfo.InvariantCulture, $"rate {Rate:R} until a training error below {TrainError:R}");

    internal override void Require()
    {
        RecipeChecks.Within("WarmUp.Rate", Rate, static value => value >= 0, "0 or more");
        RecipeChecks.Within("WarmUp.TrainError", TrainError, static value => value is >= 0 and <= 1, "an error from 0 to 1");
    }
}
