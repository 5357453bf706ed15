using System.Xml.Linq;
using static ResNetGen.Reports.Html;

namespace ResNetGen.Reports;

/// <summary>What the parts of a page share.</summary>
internal static class Parts
{
    /// <summary>A wide thing that scrolls in place, by keyboard too.</summary>
    public static XElement Scroll(string label, XElement wide) =>
        Element("div", Class("scroll"), new XAttribute("tabindex", "0"), new XAttribute("role", "region"), new XAttribute("aria-label", SvgShapes.Clean(label)), wide);

    public static XElement Head(string text, string? kind = null) =>
        Element("th", new XAttribute("scope", "col"), kind is null ? null : Class(kind), Text(text));

    /// <summary>The head of a run's row, with the colour of its curves.</summary>
    public static XElement RunHead(RunRecord run, int index) => Element("th", new XAttribute("scope", "row"), Swatch(index), Text(run.Name));

    public static XElement Swatch(int index) =>
        Element("span", Class("swatch"), new XAttribute("aria-hidden", "true"), new XAttribute("style", $"background:{ChartColors.Curve(index)}"));
}
