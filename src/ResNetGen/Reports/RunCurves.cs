using System.Globalization;

namespace ResNetGen.Reports;

/// <summary>The charts of one or several runs.</summary>
internal static class RunCurves
{
    /// <summary>Training readings are drawn in about as many points as a chart has room for.</summary>
    public const int MostPoints = 120;

    private const int MostMarks = 6;

    /// <summary>Error in percent: dashed training, bold test.</summary>
    public static CurveChart Errors(IReadOnlyList<RunRecord> runs) => new()
    {
        Title = "Error over iterations",
        Curves = [.. Curves(runs, static r => r.Error, static r => r.Error)],
        Marks = Drops(runs),
    };

    /// <summary>Loss: dashed training, bold test.</summary>
    public static CurveChart Losses(IReadOnlyList<RunRecord> runs) => new()
    {
        Title = "Loss over iterations",
        YLabel = "cross-entropy",
        Curves = [.. Curves(runs, static r => r.Loss, static r => r.Loss)],
        Marks = Drops(runs),
    };

    /// <summary>The learning rate of each step that was read.</summary>
    public static CurveChart Rates(IReadOnlyList<RunRecord> runs) => new()
    {
        Title = "Learning rate over iterations",
        YLabel = "learning rate",
        YFrom = 0,
        YTo = Above(runs.SelectMany(static run => run.Train).Select(static r => r.Rate).Where(double.IsFinite).DefaultIfEmpty(1).Max()),
        Height = 240,
        Curves = [.. runs.Select(static run => new Curve(run.Name, CurveKind.Other, Points(run.Train, static r => r.Rate)))],
    };

    /// <summary>Where staircases go down: the rate was constant before and is constant after. A cosine has no such place.</summary>
    public static IReadOnlyList<CurveMark> Drops(IReadOnlyList<RunRecord> runs)
    {
        CurveMark[] marks = [.. runs.SelectMany(static run => Drops(run.Train)).Distinct()];
        return marks.Length <= MostMarks ? marks : [];
    }

    private static IEnumerable<CurveMark> Drops(IReadOnlyList<Reading> train)
    {
        for (int i = 2; i + 1 < train.Count; i++)
        {
            bool steps = train[i - 2].Rate == train[i - 1].Rate && train[i].Rate == train[i + 1].Rate;
            if (steps && train[i].Rate < 0.75 * train[i - 1].Rate)
            {
                yield return new CurveMark(train[i - 1].Iteration, string.Create(CultureInfo.InvariantCulture, $"rate {train[i].Rate:G3}"));
            }
        }
    }

    private static IEnumerable<Curve> Curves(IReadOnlyList<RunRecord> runs, Func<Reading, double> train, Func<Reading, double> test)
    {
        foreach (RunRecord run in runs)
        {
            yield return new Curve(run.Name, CurveKind.Training, Points(run.Train, train)).Averaged(MostPoints);
            yield return new Curve(run.Name, CurveKind.Test, Points(run.Eval, test));
        }
    }

    private static IReadOnlyList<CurvePoint> Points(IReadOnlyList<Reading> readings, Func<Reading, double> value) =>
        [.. readings.Select(r => new CurvePoint(r.Iteration, value(r)))];

    private static double Above(double highest)
    {
        double most = highest > 0 ? highest : 1;
        double step = Axis.NiceStep(most / 4);
        return Math.Ceiling((most / step) - 1e-9) * step;
    }
}
