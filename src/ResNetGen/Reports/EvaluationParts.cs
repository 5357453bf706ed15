using System.Xml.Linq;
using static ResNetGen.Reports.Html;

namespace ResNetGen.Reports;

/// <summary>The evaluations as numbers, for those who read rather than look.</summary>
internal static class EvaluationParts
{
    private const int MostRows = 200;

    public static IEnumerable<XElement> Of(IReadOnlyList<RunRecord> runs)
    {
        if (runs.All(static run => run.Eval.Count == 0))
        {
            yield break;
        }

        yield return Element("h2", "Evaluations");
        foreach (RunRecord run in runs.Where(static run => run.Eval.Count > 0))
        {
            int every = (run.Eval.Count + MostRows - 1) / MostRows;
            Reading[] rows = [.. run.Eval.Where((_, i) => (run.Eval.Count - 1 - i) % every == 0)];
            bool top5 = rows.Any(static r => double.IsFinite(r.Top5Error));
            yield return Element("details",
                Element("summary", Text($"{run.Name}: {run.Eval.Count} evaluation{(run.Eval.Count == 1 ? "" : "s")}{(every > 1 ? $", every {every}th shown" : "")}")),
                Parts.Scroll($"Evaluations of {run.Name}", Element("table",
                    Element("thead", Element("tr", Parts.Head("Iteration", "number"), Parts.Head("Epoch", "number"), Parts.Head("Test error", "number"),
                        top5 ? Parts.Head("Top-5", "number") : null, Parts.Head("Test loss", "number"), Parts.Head("Time", "number"))),
                    Element("tbody", rows.Select(r => Element("tr", Cell(Number(r.Iteration, "N0")), Cell(Number(r.Epoch, "0.##")), Cell(Number(r.Error, "F2", " %")),
                        top5 ? Cell(Number(r.Top5Error, "F2", " %")) : null, Cell(Number(r.Loss, "F4")), Cell(Duration(r.Elapsed))))))));
        }
    }

    private static XElement Cell(string text) => Element("td", Class("number"), text);
}
