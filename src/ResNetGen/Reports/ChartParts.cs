using System.Xml.Linq;
using static ResNetGen.Reports.Html;

namespace ResNetGen.Reports;

/// <summary>The curves, each drawn twice: for wide windows and for phones, whose letters would else be too small.</summary>
internal static class ChartParts
{
    public static IEnumerable<XElement> Of(IReadOnlyList<RunRecord> runs)
    {
        if (runs.All(static run => run.Train.Count == 0 && run.Eval.Count == 0))
        {
            yield return Element("p", "There are no readings yet.");
            yield break;
        }

        // One run's curves are named by its network; of several, by the runs.
        CurveChart errors = Named(RunCurves.Errors(runs), runs);
        yield return Figure(errors,
            "Top-1 error. Dashed: training pictures, augmented, in training mode, averaged over stretches of the run. Bold: test pictures."
            + Cut(errors) + (errors.Marks.Count > 0 ? " Dotted: the learning rate falls." : ""));
        yield return Figure(Named(RunCurves.Losses(runs), runs), "Mean loss. Dashed: training pictures, with whatever the recipe adds to the loss. Bold: cross-entropy on test pictures.");
        if (runs.Any(static run => run.Train.Any(static r => double.IsFinite(r.Rate))))
        {
            yield return Figure(Named(RunCurves.Rates(runs), runs), "The rate of the step before each reading.");
        }
    }

    private static CurveChart Named(CurveChart chart, IReadOnlyList<RunRecord> runs) => runs.Count > 1
        ? chart
        : chart with { Curves = [.. chart.Curves.Select(curve => curve with { Name = runs[0].Network })] };

    private static string Cut(CurveChart chart)
    {
        (_, double to) = CurveRanges.Y(chart);
        return chart.Curves.Any(curve => curve.Points.Any(p => p.Y > to * (1 + 1e-9)))
            ? $" The axis ends at {Number(to, "0.##", " %")}; higher errors at the beginning are cut."
            : "";
    }

    private static XElement Figure(CurveChart chart, string caption)
    {
        XElement wide = new CurveDrawing(chart).Draw(style: null);
        XElement narrow = new CurveDrawing(chart with { Width = 360, Height = Math.Min(chart.Height, 300) }).Draw(style: null);
        wide.SetAttributeValue("class", "chart wide");
        narrow.SetAttributeValue("class", "chart narrow");
        return Element("figure", wide, narrow, Element("figcaption", caption));
    }
}
