using System.Xml.Linq;
using static ResNetGen.Reports.Html;

namespace ResNetGen.Reports;

/// <summary>The settings: of one run all, of several first those in which they differ.</summary>
internal static class SettingParts
{
    private const string Missing = "–";

    public static IEnumerable<XElement> Of(IReadOnlyList<RunRecord> runs)
    {
        string[] names = [.. runs.SelectMany(static run => run.Settings.Select(static p => p.Key)).Distinct(StringComparer.Ordinal)];
        if (names.Length == 0)
        {
            yield return Element("p", $"The runs left no {RunFiles.Settings}.");
            yield break;
        }

        string[] different = [.. names.Where(name => runs.Any(run => Value(run, name) != Value(runs[0], name)))];
        string[] common = [.. names.Except(different, StringComparer.Ordinal)];
        if (different.Length > 0)
        {
            yield return Parts.Scroll("Settings that differ", Element("table", Class("settings"),
                Element("caption", "Settings that differ; marked where a run has another one than the first."),
                Element("thead", Element("tr", Parts.Head("Setting"), runs.Select((run, i) => Element("th", new XAttribute("scope", "col"), Parts.Swatch(i), Text(run.Name))))),
                Element("tbody", different.Select(name => Row(name, runs.Select(run => Cell(Value(run, name), Value(runs[0], name))))))));
        }

        if (common.Length > 0)
        {
            yield return Element("table", Class("settings"),
                runs.Count > 1 ? Element("caption", different.Length > 0 ? "Settings that all runs share." : "All runs have the same settings.") : null,
                Element("tbody", common.Select(name => Row(name, [Cell(Value(runs[0], name), Value(runs[0], name))]))));
        }
    }

    private static XElement Row(string name, IEnumerable<XElement> cells) =>
        Element("tr", Element("th", new XAttribute("scope", "row"), Text(name)), cells);

    private static XElement Cell(string value, string first) => Element("td", value == first ? null : Class("changed"), Text(value));

    private static string Value(RunRecord run, string name) => run.Setting(name) ?? Missing;
}
