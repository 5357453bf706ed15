using System.Globalization;

namespace ResNetGen.Training;

/// <summary>
/// A rate that rises in equal parts from <paramref name="From"/> towards the schedule's base rate (Goyal et al. 2017, section
/// 2.2), which the step after the warm-up would have.
/// </summary>
/// <param name="From">The first rate.</param>
/// <param name="Length">How long, in iterations or epochs.</param>
/// <param name="ByEpoch">Whether the rate stays the same within an epoch, as timm's does. The length is then in epochs.</param>
public sealed record WarmUpLinear(double From, TrainingLength Length, bool ByEpoch = false) : WarmUp
{
    /// <inheritdoc/>
    public override double RateAt(RunPoint point, double baseRate)
    {
        double part = ByEpoch
            ? (double)point.Epoch / Epochs(point)
            : (double)point.Iteration / Length.TotalIterations(point.IterationsPerEpoch);
        return From + ((baseRate - From) * part);
    }

    /// <inheritdoc/>
    public override bool IsOver(RunPoint point) => ByEpoch
        ? point.Epoch >= Epochs(point)
        : point.Iteration >= Length.TotalIterations(point.IterationsPerEpoch);

    /// <inheritdoc/>
    public override WarmUp Rescale(double rateRatio, double lengthRatio) =>
        this with { From = From * rateRatio, Length = Length.Rescale(lengthRatio) };

    /// <inheritdoc/>
    protected override string Words => string.Create(CultureInfo.InvariantCulture,
        $"rising from {From} over {Length}{(ByEpoch ? ", one rate an epoch" : "")}");

    /// <inheritdoc/>
    protected override string Numbers => string.Create(CultureInfo.InvariantCulture,
        $"linear from {From:R} over {Length}, by {(ByEpoch ? "epoch" : "iteration")}");

    internal override void Require()
    {
        RecipeChecks.Within("WarmUp.From", From, static value => value >= 0, "0 or more");
        RecipeChecks.Within("WarmUp.Length", Length.Count, static value => value >= 1,
            "1 or more iterations or epochs, made by TrainingLength.Iterations or TrainingLength.Epochs");
    }

    private double Epochs(RunPoint point) => Length.InEpochs ? Length.Count : Math.Ceiling((double)Length.Count / point.IterationsPerEpoch);
}
