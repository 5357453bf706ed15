using System.Xml.Linq;
using static ResNetGen.Reports.SvgShapes;

namespace ResNetGen.Reports;

/// <summary>Several charts side by side in one SVG, as in the papers' figure 6: plain networks left, residual ones right.</summary>
public sealed record ChartPanels
{
    private const double Gap = 16;

    /// <summary>What the charts show together; drawn above them, and the picture's name.</summary>
    public required string Title { get; init; }

    /// <summary>The charts, from left to right.</summary>
    public required IReadOnlyList<CurveChart> Charts { get; init; }

    /// <summary>Whether all charts have one vertical axis, from the lowest to the highest of their own, so that heights can be compared.</summary>
    public bool SameHeight { get; init; } = true;

    /// <summary>The picture: one <c>svg</c> element, to be written to a file or into a page.</summary>
    public string ToSvg()
    {
        CurveDrawing[] drawings = [.. OnOneAxis().Select(static chart => new CurveDrawing(chart))];
        double width = Math.Max(240, Charts.Sum(static chart => chart.Width + Gap) - Gap);
        IReadOnlyList<string> lines = Wrapped(Title, width - 24, 18);
        double top = 12 + (lines.Count * 24);
        double height = top + drawings.Select(static drawing => drawing.Height).DefaultIfEmpty(0).Max();
        XElement svg = Element("svg", new XAttribute("class", "chart"), new XAttribute("role", "img"), new XAttribute("aria-label", Clean(Title)),
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"), new XAttribute("width", Number(width)), new XAttribute("height", Number(height)),
            CurveDrawing.Style,
            Element("rect", new XAttribute("class", "ground"), new XAttribute("width", Number(width)), new XAttribute("height", Number(height))),
            lines.Select((line, i) => Text(12, 28 + (24 * i), line, "title", new XAttribute("style", "font-size:18px"))));
        double left = 0;
        foreach ((CurveChart chart, CurveDrawing drawing) in Charts.Zip(drawings))
        {
            XElement panel = drawing.Draw(style: null);
            panel.SetAttributeValue("x", Number(left));
            panel.SetAttributeValue("y", Number(top));
            svg.Add(panel);
            left += chart.Width + Gap;
        }

        return svg.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>Writes the picture to a file, whole or not at all.</summary>
    /// <param name="path">For example "figure6.svg".</param>
    /// <exception cref="BadInputException">The file cannot be written.</exception>
    public void Save(string path) => Weights.AtomicFile.WriteText(path, ToSvg() + "\n");

    private IEnumerable<CurveChart> OnOneAxis()
    {
        if (!SameHeight || Charts.Count == 0)
        {
            return Charts;
        }

        (double From, double To)[] ranges = [.. Charts.Where(static chart => chart.Curves.Any(static c => c.Points.Any(static p => p.IsFinite))).Select(CurveRanges.Y)];
        return ranges.Length == 0 ? Charts : Charts.Select(chart => chart with { YFrom = ranges.Min(static r => r.From), YTo = ranges.Max(static r => r.To) });
    }
}
