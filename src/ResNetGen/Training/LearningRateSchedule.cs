namespace ResNetGen.Training;

/// <summary>The learning rate as a function of the iteration: data, not a running object, so that any iteration can be resumed.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>The rate of the step that follows <paramref name="iteration"/> finished ones.</summary>
    /// <param name="iteration">Iterations already done, from 0.</param>
    /// <param name="totalIterations">Iterations of the whole run.</param>
    public abstract double RateAt(long iteration, long totalIterations);

    /// <summary>The schedule in words, as it is printed and stored with a run; numbers may be rounded.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// The schedule's kind and every number that it computes with, none rounded, in the invariant culture: two schedules
    /// of one text give the same rates. A run is resumed only where this is what it was.
    /// </summary>
    public abstract string Parameters { get; }
}
