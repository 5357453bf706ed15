namespace ResNetGen.Training;

/// <summary>The learning rate as a function of the place in a run: data, not a running object, so that any iteration can be resumed.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>The rate that the recipe is known by: the highest one.</summary>
    public abstract double BaseRate { get; }

    /// <summary>The rate of the step that follows <see cref="RunPoint.Iteration"/> finished ones.</summary>
    /// <param name="point">Where the run is.</param>
    public abstract double RateAt(RunPoint point);

    /// <summary>The schedule in words, as it is printed and stored with a run; numbers may be rounded.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// The schedule's kind and every number that it computes with, none rounded, in the invariant culture: two schedules
    /// of one text give the same rates. A run is resumed only where this is what it was.
    /// </summary>
    public abstract string Parameters { get; }

    /// <summary>The same schedule for another batch size.</summary>
    /// <param name="rateRatio">What all rates are multiplied by.</param>
    /// <param name="lengthRatio">What iterations are multiplied by, where the schedule counts them.</param>
    public abstract LearningRateSchedule Rescale(double rateRatio, double lengthRatio);

    /// <summary>Refuses numbers that give no rate. The base rate is looked at for every schedule.</summary>
    /// <exception cref="BadInputException">One does; the message names it.</exception>
    internal virtual void Require()
    {
    }
}
