using System.Diagnostics;

namespace ResNetGen.Generators.Bench;

/// <summary>What one action costs: medians over several turns.</summary>
/// <param name="Milliseconds">Time.</param>
/// <param name="Megabytes">Allocated, in 10⁶ bytes.</param>
internal sealed record Measurement(double Milliseconds, double Megabytes);

/// <summary>Takes the time.</summary>
internal static class Measure
{
    /// <summary>Measures an action whose input is made outside the measured time.</summary>
    /// <param name="turns">Turns that count; one more is made before them and does not.</param>
    /// <param name="prepare">Makes the input of a turn.</param>
    /// <param name="act">What is measured.</param>
    public static Measurement Medians<TInput>(int turns, Func<int, TInput> prepare, Action<TInput> act)
    {
        List<double> times = [], bytes = [];
        for (int turn = 0; turn <= turns; turn++)
        {
            TInput input = prepare(turn);
            // A collection that an earlier turn has brought about is not this turn's.
            GC.Collect();
            long allocated = GC.GetTotalAllocatedBytes(precise: true), started = Stopwatch.GetTimestamp();
            act(input);
            double time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (turn == 0)
                continue;
            times.Add(time);
            bytes.Add((GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6);
        }
        return new Measurement(Median(times), Median(bytes));
    }

    /// <summary>The middle value.</summary>
    public static double Median(List<double> values)
    {
        values.Sort();
        int half = values.Count / 2;
        return values.Count % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
