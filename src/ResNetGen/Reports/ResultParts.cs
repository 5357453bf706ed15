using System.Xml.Linq;
using static ResNetGen.Reports.Html;

namespace ResNetGen.Reports;

/// <summary>The final numbers: tiles for one run, a table for several.</summary>
internal static class ResultParts
{
    private sealed record Figure(string Name, Func<RunRecord, string> Value, Func<RunRecord, string>? Remark = null);

    private static readonly Figure[] Figures =
    [
        new("Test error", static run => Number(run.TestError, "F2", " %"), static run => $"at iteration {Number(run.Result?.Iteration ?? double.NaN, "N0")}"),
        new("Test error, top-5", static run => Number(run.Result?.Top5Error ?? double.NaN, "F2", " %")),
        new("Training error", static run => Number(run.TrainingError, "F2", " %"), static _ => "mean of the last epoch"),
        new("Test loss", static run => Number(run.Result?.Loss ?? double.NaN, "F4")),
        new("Iterations", static run => Number(run.Iterations, "N0"), static run => double.IsFinite(run.TotalIterations) ? $"of {Number(run.TotalIterations, "N0")}" : ""),
        new("Time", static run => Duration(run.Elapsed), static _ => "all sessions"),
        new("Pictures a second", static run => Number(Median(run.Train.Select(static r => r.Speed)), "N0"), static _ => "training, median"),
        new("Memory", static run => Bytes(run.PeakMemoryBytes), static _ => "resident, at most"),
        new("Parameters", static run => Number(run.Parameters, "N0")),
    ];

    public static XElement Tiles(RunRecord run) => Element("dl", Class("tiles"), Known([run]).Select(figure => Element("div",
        Element("dt", figure.Name),
        Element("dd", figure.Value(run), figure.Remark?.Invoke(run) is { Length: > 0 } remark ? Element("small", remark) : null))));

    public static IEnumerable<XElement> Table(IReadOnlyList<RunRecord> runs)
    {
        Figure[] known = [.. Known(runs)];
        yield return Element("h2", "Results");
        yield return Parts.Scroll("Results", Element("table",
            Element("thead", Element("tr", Parts.Head("Run"), known.Select(static f => Parts.Head(f.Name, "number")))),
            Element("tbody", runs.Select((run, i) => Element("tr", Parts.RunHead(run, i),
                known.Select(figure => Element("td", Class("number"), figure.Value(run))))))));
        yield return Element("p", Class("lead"),
            "Test error is that of the last evaluation, never the best one. Training error is the mean of the last epoch’s readings, of augmented pictures.");
    }

    // A figure that no run has says nothing.
    private static IEnumerable<Figure> Known(IReadOnlyList<RunRecord> runs) => Figures.Where(figure => runs.Any(run => figure.Value(run) != "–"));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }
}
