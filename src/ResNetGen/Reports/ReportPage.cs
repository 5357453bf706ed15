using System.Globalization;
using System.Xml.Linq;
using static ResNetGen.Reports.Html;

namespace ResNetGen.Reports;

/// <summary>The page of a report, part by part.</summary>
internal static class ReportPage
{
    public static string Of(IReadOnlyList<RunRecord> runs)
    {
        string title = runs.Count == 1
            ? runs[0].Network + (runs[0].Dataset is { } data ? $" on {data}" : "")
            : string.Create(CultureInfo.InvariantCulture, $"{runs.Count} runs compared");
        XElement page = Element("html", new XAttribute("lang", "en"),
            Element("head",
                Element("meta", new XAttribute("charset", "utf-8")),
                Element("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                Element("title", Text(title)),
                Element("style", PageStyle.Css)),
            Element("body", Element("main",
                Element("h1", Text(title)),
                Element("p", Class("lead"), Text(Lead(runs))),
                Notes(runs),
                runs.Count == 1 ? ResultParts.Tiles(runs[0]) : ResultParts.Table(runs),
                Element("h2", "Curves"), ChartParts.Of(runs),
                Element("h2", "Settings"), SettingParts.Of(runs),
                NetworkParts.Of(runs),
                EvaluationParts.Of(runs),
                Element("footer", Text($"Made by ResNetGen {Version} from {string.Join(", ", runs.Select(static run => run.Folder))}.")))));
        return "<!DOCTYPE html>\n" + page.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static string Version => typeof(ReportPage).Assembly.GetName().Version?.ToString(3) ?? "";

    private static string Lead(IReadOnlyList<RunRecord> runs) => runs.Count == 1
        ? string.Join(", ", new[] { runs[0].Setting("recipe") is { } recipe ? $"recipe {recipe}" : null, runs[0].Setting("compute"), State(runs[0]) }.OfType<string>())
        : string.Join(", ", runs.Select(static run => run.Name));

    /// <summary>How far a run is.</summary>
    public static string State(RunRecord run) => run.Completed switch
    {
        true => string.Create(CultureInfo.InvariantCulture, $"finished after {run.Iterations:N0} iterations"),
        false => string.Create(CultureInfo.InvariantCulture, $"interrupted after {run.Iterations:N0} of {Number(run.TotalIterations, "N0")} iterations"),
        null => string.Create(CultureInfo.InvariantCulture, $"not finished: {run.Iterations:N0} iterations so far"),
    };

    private static XElement? Notes(IReadOnlyList<RunRecord> runs)
    {
        string[] notes = [.. runs.SelectMany(static run => run.Notes)];
        return notes.Length == 0 ? null : Element("div", Class("notes"), new XAttribute("role", "note"),
            Element("strong", "Left out"), Element("ul", notes.Select(static note => Element("li", Text(note)))));
    }
}
