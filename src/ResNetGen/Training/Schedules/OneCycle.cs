using System.Globalization;

namespace ResNetGen.Training;

/// <summary>
/// One cycle (Smith 2018): up from <c>Peak / Divisor</c> to <c>Peak</c>, then down to nearly nothing, along half
/// cosines. The numbers are those of PyTorch's OneCycleLR, which this follows iteration by iteration.
/// </summary>
/// <param name="Peak">The highest rate.</param>
/// <param name="RiseFraction">The part of the run spent rising, in (0, 1).</param>
/// <param name="Divisor">The first rate is the peak divided by this.</param>
/// <param name="FinalDivisor">The last rate is the first one divided by this.</param>
public sealed record OneCycle(double Peak, double RiseFraction = 0.3, double Divisor = 25, double FinalDivisor = 1e4)
    : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double BaseRate => Peak;

    /// <inheritdoc/>
    public override double RateAt(RunPoint point)
    {
        (long iteration, long totalIterations, _, _) = point;
        double first = Peak / Divisor;
        double top = (RiseFraction * totalIterations) - 1;
        double end = totalIterations - 1;
        if (top > 0 && iteration <= top)
        {
            return Anneal(first, Peak, iteration / top);
        }

        // A run of one iteration has neither a way up nor down.
        return end <= 0 ? Peak : Anneal(Peak, first / FinalDivisor, Math.Min(1, (iteration - top) / (end - top)));
    }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture,
        $"one cycle: up to {Peak} over {RiseFraction:P0} of the run, then down along a cosine");

    /// <inheritdoc/>
    public override string Parameters => string.Create(CultureInfo.InvariantCulture,
        $"one cycle, peak {Peak:R}, rise {RiseFraction:R}, divisor {Divisor:R}, final divisor {FinalDivisor:R}");

    /// <inheritdoc/>
    public override LearningRateSchedule Rescale(double rateRatio, double lengthRatio) => this with { Peak = Peak * rateRatio };

    internal override void Require()
    {
        RecipeChecks.Within("Schedule.RiseFraction", RiseFraction, static value => value is > 0 and < 1, "more than 0 and less than 1, a part of the run");
        RecipeChecks.Within("Schedule.Divisor", Divisor, static value => value > 0, "more than 0");
        RecipeChecks.Within("Schedule.FinalDivisor", FinalDivisor, static value => value > 0, "more than 0");
    }

    private static double Anneal(double from, double to, double part) =>
        to + ((from - to) / 2.0 * (Math.Cos(Math.PI * part) + 1));
}
