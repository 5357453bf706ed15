using System.Xml.Linq;
using static ResNetGen.Reports.Html;

namespace ResNetGen.Reports;

/// <summary>The summary tables of the networks, each once.</summary>
internal static class NetworkParts
{
    public static IEnumerable<XElement> Of(IReadOnlyList<RunRecord> runs)
    {
        RunRecord[] distinct = [.. runs.Where(static run => run.NetworkTable is not null).DistinctBy(static run => run.NetworkTable, StringComparer.Ordinal)];
        if (distinct.Length == 0)
        {
            yield break;
        }

        yield return Element("h2", distinct.Length == 1 ? "Network" : "Networks");
        foreach (RunRecord run in distinct)
        {
            XElement table = Parts.Scroll($"Layers of {run.Network}", Element("pre", Text(run.NetworkTable!.TrimEnd())));
            yield return distinct.Length == 1 ? table : Element("details", Element("summary", Text(run.Network)), table);
        }
    }
}
