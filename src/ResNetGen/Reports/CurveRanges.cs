namespace ResNetGen.Reports;

/// <summary>Decides from where to where a chart's axes go.</summary>
internal static class CurveRanges
{
    /// <summary>The horizontal axis: from the origin, or from the first point where that lies below it, to the last point.</summary>
    public static (double From, double To) X(CurveChart chart)
    {
        double[] all = [.. Points(chart).Select(static p => p.X), .. chart.Marks.Select(static m => m.X).Where(double.IsFinite)];
        double from = Math.Min(0, all.DefaultIfEmpty(0).Min());
        double to = all.DefaultIfEmpty(1).Max();
        return (from, to > from ? to : from + 1);
    }

    /// <summary>The vertical axis: what was asked for, and round numbers around the points where nothing was.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would end where it begins, or before.</exception>
    public static (double From, double To) Y(CurveChart chart)
    {
        (double first, double last) = X(chart);
        double settled = first + (0.05 * (last - first));
        double[] all = [.. Points(chart).Select(static p => p.Y)];
        double lowest = all.DefaultIfEmpty(0).Min();
        double highest = Points(chart).Where(p => p.X >= settled).Select(static p => p.Y).DefaultIfEmpty(all.DefaultIfEmpty(1).Max()).Max();

        // A curve that lives in the upper part of the axis gets the whole of it: errors from 60 to 75 % are not drawn from 0.
        double from = chart.YFrom ?? (lowest < 0 || lowest > 0.6 * highest ? lowest : 0);
        double to = chart.YTo ?? highest;
        if (chart.YFrom is null && chart.YTo is null && to <= from)
        {
            // One point, or a constant: some room on both sides.
            double room = from == 0 ? 1 : Math.Abs(from) / 10;
            (from, to) = (from - (from == 0 ? 0 : room), from + room);
        }

        if (!(to > from))
        {
            throw new ArgumentOutOfRangeException(nameof(chart), $"The chart \"{chart.Title}\" would go from {from} to {to} on its vertical axis; CurveChart.YTo must be above CurveChart.YFrom.");
        }

        double step = Axis.NiceStep((to - from) / 5);
        return (chart.YFrom ?? (Math.Floor((from / step) + 1e-9) * step), chart.YTo ?? (Math.Ceiling((to / step) - 1e-9) * step));
    }

    private static IEnumerable<CurvePoint> Points(CurveChart chart) =>
        chart.Curves.SelectMany(static c => c.Points).Where(static p => p.IsFinite);
}
