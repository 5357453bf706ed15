using System.Globalization;

namespace ResNetGen.Training;

/// <summary>
/// Half a cosine from <paramref name="Rate"/> down to <paramref name="Final"/> over the whole run (Loshchilov and Hutter 2016,
/// without restarts): PyTorch's CosineAnnealingLR in its closed form. A warm-up takes the place of its first steps and does not
/// move it, as in timm.
/// </summary>
/// <param name="Rate">The first rate.</param>
/// <param name="Final">The rate that it would reach at the end.</param>
/// <param name="ByEpoch">Whether the rate stays the same within an epoch, as timm's does.</param>
public sealed record Cosine(double Rate, double Final = 0, bool ByEpoch = false) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double BaseRate => Rate;

    /// <inheritdoc/>
    public override double RateAt(RunPoint point)
    {
        double part = ByEpoch ? (double)point.Epoch / point.TotalEpochs : (double)point.Iteration / point.TotalIterations;
        return Final + ((Rate - Final) * (1 + Math.Cos(Math.PI * part)) / 2);
    }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture,
        $"{Rate}, down to {Final} along a cosine over the run{(ByEpoch ? ", one rate an epoch" : "")}");

    /// <inheritdoc/>
    public override string Parameters => string.Create(CultureInfo.InvariantCulture,
        $"cosine, rate {Rate:R}, final {Final:R}, by {(ByEpoch ? "epoch" : "iteration")}");

    /// <inheritdoc/>
    public override LearningRateSchedule Rescale(double rateRatio, double lengthRatio) =>
        this with { Rate = Rate * rateRatio, Final = Final * rateRatio };

    internal override void Require()
    {
        RecipeChecks.Within("Schedule.Final", Final, static value => value >= 0, "0 or more");
    }
}
