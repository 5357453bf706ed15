namespace ResNetGen.Training;

/// <summary>How long a run still takes, from what this session has done: evaluations and checkpoints are in it as they come.</summary>
/// <param name="firstIteration">Where the session starts.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(long firstIteration, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly long _start = (time ?? TimeProvider.System).GetTimestamp();

    /// <summary>Seconds to go; not a number while nothing is done, or when nothing is left.</summary>
    public double Remaining(long iteration, long totalIterations)
    {
        long done = iteration - firstIteration;
        return done > 0 && iteration < totalIterations
            ? _time.GetElapsedTime(_start).TotalSeconds / done * (totalIterations - iteration)
            : double.NaN;
    }
}
