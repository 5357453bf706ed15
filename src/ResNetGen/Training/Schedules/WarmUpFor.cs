using System.Globalization;

namespace ResNetGen.Training;

/// <summary>A small rate for so many iterations (He et al. 2016, appendix: 400 at 0.01).</summary>
/// <param name="Rate">The rate while warming up.</param>
/// <param name="Iterations">How long.</param>
public sealed record WarmUpFor(double Rate, long Iterations) : WarmUp
{
    /// <inheritdoc/>
    public override double RateAt(RunPoint point, double baseRate) => Rate;

    /// <inheritdoc/>
    public override bool IsOver(RunPoint point) => point.Iteration >= Iterations;

    /// <inheritdoc/>
    public override WarmUp Rescale(double rateRatio, double lengthRatio) =>
        this with { Rate = Rate * rateRatio, Iterations = (long)Math.Round(Iterations * lengthRatio) };

    /// <inheritdoc/>
    protected override string Words => string.Create(CultureInfo.InvariantCulture, $"{Rate} for {Iterations:N0} iterations");

    /// <inheritdoc/>
    protected override string Numbers => string.Create(CultureInfo.InvariantCulture, $"rate {Rate:R} for {Iterations} iterations");

    internal override void Require()
    {
        RecipeChecks.Within("WarmUp.Rate", Rate, static value => value >= 0, "0 or more");
        RecipeChecks.Within("WarmUp.Iterations", Iterations, static value => value >= 0, "0 or more iterations");
    }
}
