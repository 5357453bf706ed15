using System.Collections.Immutable;
using System.Globalization;

namespace ResNetGen.Training;

/// <summary>
/// The papers' staircase: a constant rate, multiplied by <see cref="Factor"/> at each milestone. Milestones are
/// iterations and stay where they are when a run is made shorter.
/// </summary>
public sealed record StepDecay : LearningRateSchedule
{
    /// <summary>A staircase that starts at <paramref name="rate"/>.</summary>
    /// <param name="rate">The first rate.</param>
    /// <param name="factor">What a milestone multiplies the rate by.</param>
    /// <param name="milestones">Iterations at which the rate falls.</param>
    /// <exception cref="ArgumentException">The milestones do not rise.</exception>
    public StepDecay(double rate, double factor, params ImmutableArray<long> milestones)
    {
        for (int i = 1; i < milestones.Length; i++)
        {
            if (milestones[i] <= milestones[i - 1])
            {
                throw new ArgumentException(
                    $"Milestones must rise, got {milestones[i]} after {milestones[i - 1]}.", nameof(milestones));
            }
        }

        Rate = rate;
        Factor = factor;
        Milestones = milestones;
    }

    /// <summary>The rate before the first milestone.</summary>
    public double Rate { get; }

    /// <summary>What each milestone multiplies the rate by.</summary>
    public double Factor { get; }

    /// <summary>Iterations at which the rate falls, in rising order.</summary>
    public ImmutableArray<long> Milestones { get; }

    /// <inheritdoc/>
    public override double BaseRate => Rate;

    /// <inheritdoc/>
    public override double RateAt(RunPoint point)
    {
        // One multiplication a milestone, as PyTorch's MultiStepLR does, so that the doubles are the same.
        double rate = Rate;
        foreach (long milestone in Milestones)
        {
            rate = point.Iteration >= milestone ? rate * Factor : rate;
        }

        return rate;
    }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture,
        $"{Rate}, times {Factor} at iterations {string.Join(" and ", Milestones.Select(static m => m.ToString("N0", CultureInfo.InvariantCulture)))}");

    /// <inheritdoc/>
    public override string Parameters => string.Create(CultureInfo.InvariantCulture,
        $"steps, rate {Rate:R}, factor {Factor:R}, milestones {string.Join(' ', Milestones.Select(static m => m.ToString(CultureInfo.InvariantCulture)))}");

    /// <inheritdoc/>
    public override LearningRateSchedule Rescale(double rateRatio, double lengthRatio) =>
        new StepDecay(Rate * rateRatio, Factor, [.. Milestones.Select(milestone => (long)Math.Round(milestone * lengthRatio))]);

    internal override void Require()
    {
        RecipeChecks.Within("Schedule.Factor", Factor, static value => value >= 0, "0 or more");
    }
}
