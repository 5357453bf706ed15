using System.Globalization;
using System.Text;
using System.Xml.Linq;
using static ResNetGen.Reports.SvgShapes;

namespace ResNetGen.Reports;

/// <summary>Puts a <see cref="CurveChart"/> on paper: title, key, plot, axes, names at the ends of the lines or below.</summary>
internal sealed class CurveDrawing
{
    private const double Pad = 12, Small = 12, Tiny = 11, Row = 18;

    private readonly CurveChart _chart;
    private readonly string[] _names;
    private readonly bool _namesAtEnds;
    private readonly XElement _svg;
    private readonly Axis _x, _y;
    private readonly double _left, _right, _top, _bottom, _height;

    public CurveDrawing(CurveChart chart)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chart.Width, 240);
        ArgumentOutOfRangeException.ThrowIfLessThan(chart.Height, 160);
        _chart = chart;
        _names = [.. chart.Curves.Select(static c => c.Name).Distinct(StringComparer.Ordinal)];
        (double fromX, double toX) = CurveRanges.X(chart);
        (double fromY, double toY) = CurveRanges.Y(chart);
        double column = _names.Select(Label).Select(static n => WidthOf(n, Small)).DefaultIfEmpty(0).Max() + 22;
        _namesAtEnds = column <= 0.3 * chart.Width && _names.Length * Row <= chart.Height - 100;
        _top = Pad + (chart.DrawTitle ? TitleLines.Count * 22 : 0) + 22 + (chart.Marks.Count > 0 ? Row : 4);
        _bottom = _top + chart.Height - 80;
        _y = new Axis(fromY, toY, _bottom, _top, spacing: 46);
        _left = Pad + _y.Ticks.Max(tick => WidthOf(_y.Label(tick), Small)) + 8;
        _right = chart.Width - (_namesAtEnds ? column : Pad + 6);
        bool tenThousands = chart.XLabel is null && toX >= 10_000;
        _x = new Axis(fromX, toX, _left, _right, spacing: 54, tenThousands ? 1e4 : 1);
        XLabel = chart.XLabel ?? (tenThousands ? "iterations (1e4)" : "iterations");
        _height = _bottom + 46 + (_namesAtEnds ? 0 : LegendRows().Count * Row);
        _svg = Element("svg", new XAttribute("class", "chart"), new XAttribute("role", "img"), new XAttribute("aria-label", Clean(chart.Title)),
            new XAttribute("viewBox", $"0 0 {chart.Width} {Number(_height)}"), new XAttribute("width", chart.Width), new XAttribute("height", Number(_height)));
    }

    /// <summary>The styles that every drawing needs; a page states them once.</summary>
    public static string Css { get; } =
        ".chart text{font:12px system-ui,-apple-system,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif;fill:var(--ink);font-variant-numeric:tabular-nums}"
        + ".chart .title{font-size:16px;font-weight:600}.chart .muted{fill:var(--muted)}.chart .tiny{font-size:11px;fill:var(--muted)}"
        + ".chart .end{text-anchor:end}.chart .middle{text-anchor:middle}.chart path{fill:none;stroke-linejoin:round}"
        + ".chart .grid{stroke:var(--grid)}.chart .frame{stroke:var(--frame)}.chart .mark{stroke:var(--frame);stroke-dasharray:1 4;stroke-linecap:round;stroke-width:1.5}"
        + ".chart .training{stroke-width:1.4;stroke-dasharray:5 3}.chart .test{stroke-width:2.6}.chart .other{stroke-width:1.6}"
        + ".chart .ground{fill:var(--ground)}.chart .key{stroke:var(--muted)}";

    private string XLabel { get; }

    private IEnumerable<CurveMark> Marks => _chart.Marks.Where(static m => double.IsFinite(m.X)).OrderBy(static m => m.X);

    private IReadOnlyList<string> TitleLines => Wrapped(_chart.Title, _chart.Width - (2 * Pad), 16);

    /// <summary>The colours and the styles of a picture that stands alone.</summary>
    public static XElement Style => Element("style", ChartColors.Css(".chart") + Css);

    /// <summary>How high the picture is, with title and legend.</summary>
    public double Height => _height;

    /// <summary>The picture.</summary>
    /// <param name="style">Null for a page or a picture around it that has the styles already.</param>
    public XElement Draw(XElement? style)
    {
        // The element's own name is said by aria-label; a title would hide the curves' ones under the pointer.
        _svg.Add(style, Element("desc", Clean(Words())), Element("rect", new XAttribute("class", "ground"), new XAttribute("width", _chart.Width), new XAttribute("height", Number(_height))));
        DrawHead();
        DrawAxes();
        DrawMarks();
        DrawCurves();
        DrawNames();
        return _svg;
    }

    private void DrawHead()
    {
        double y = Pad + 14;
        foreach (string line in _chart.DrawTitle ? TitleLines : [])
        {
            _svg.Add(Text(Pad, y, line, "title"));
            y += 22;
        }

        _svg.Add(Text(Pad, y, _chart.YLabel, "muted"));
        double x = _chart.Width - Pad;
        foreach ((CurveKind kind, string word) in new[] { (CurveKind.Test, "test"), (CurveKind.Training, "training") })
        {
            if (_chart.Curves.Any(curve => curve.Kind == kind))
            {
                double width = WidthOf(word, Small);
                _svg.Add(Line(x - width - 30, y - 4, x - width - 6, y - 4, "key " + Class(kind)), Text(x - width, y, word, "muted"));
                x -= width + 42;
            }
        }
    }

    private void DrawAxes()
    {
        foreach (double tick in _y.Ticks)
        {
            double y = _y.Place(tick);
            _svg.Add(Line(_left, y, _right, y, "grid"), Text(_left - 7, y + 4, _y.Label(tick), "muted end"));
        }

        foreach (double tick in _x.Ticks)
        {
            double x = _x.Place(tick);
            _svg.Add(Line(x, _bottom, x, _bottom + 5, "frame"), Text(x, _bottom + 19, _x.Label(tick), "muted middle"));
        }

        _svg.Add(Line(_left, _bottom, _right, _bottom, "frame"));
        _svg.Add(Text((_left + _right) / 2, _bottom + 38, XLabel, "muted middle"));
    }

    private void DrawMarks()
    {
        double free = double.NegativeInfinity;
        foreach (CurveMark mark in Marks)
        {
            double x = _x.Place(mark.X);
            double half = WidthOf(mark.Label, Tiny) / 2;
            _svg.Add(Line(x, _top, x, _bottom, "mark", Element("title", Clean(mark.Label))));
            double middle = Math.Min(x, _chart.Width - Pad - half);
            if (middle - half > free)
            {
                _svg.Add(Text(middle, _top - 6, mark.Label, "tiny middle"));
                free = middle + half + 6;
            }
        }
    }

    private void DrawCurves()
    {
        // What leaves the axes is cut at the edge of this inner picture, which has the outer one's coordinates.
        string area = string.Create(CultureInfo.InvariantCulture, $"{Number(_left)} {Number(_top)} {Number(_right - _left + 3)} {Number(_bottom - _top)}");
        XElement plot = Element("svg", new XAttribute("x", Number(_left)), new XAttribute("y", Number(_top)),
            new XAttribute("width", Number(_right - _left + 3)), new XAttribute("height", Number(_bottom - _top)), new XAttribute("viewBox", area));
        foreach (Curve curve in _chart.Curves.OrderBy(static c => c.Kind == CurveKind.Test))
        {
            XElement line = Element("path", new XAttribute("class", Class(curve.Kind)), new XAttribute("style", $"stroke:{Color(curve.Name)}"),
                new XAttribute("d", Path(curve)), Element("title", Clean(Words(curve))));
            plot.Add(line);
            if (curve.Points.Count(static p => p.IsFinite) == 1)
            {
                CurvePoint only = curve.Points.First(static p => p.IsFinite);
                plot.Add(Element("circle", new XAttribute("cx", Number(_x.Place(only.X))), new XAttribute("cy", Number(_y.Place(only.Y))), new XAttribute("r", "3.5"), new XAttribute("style", $"fill:{Color(curve.Name)}")));
            }
        }

        _svg.Add(plot);
        if (_chart.Curves.All(static c => !c.Points.Any(static p => p.IsFinite)))
        {
            _svg.Add(Text((_left + _right) / 2, (_top + _bottom) / 2, "no readings yet", "muted middle"));
        }
    }

    private string Path(Curve curve)
    {
        StringBuilder path = new();
        bool down = false;
        foreach (CurvePoint point in curve.Points)
        {
            if (point.IsFinite)
            {
                path.Append(down ? 'L' : 'M').Append(Number(_x.Place(point.X))).Append(' ').Append(Number(_y.Place(point.Y)));
            }

            down = point.IsFinite;
        }

        return path.ToString();
    }

    private void DrawNames()
    {
        if (!_namesAtEnds)
        {
            DrawLegend();
            return;
        }

        double[] ends = [.. _names.Select(name => Math.Clamp(_y.Place(End(name)?.Y ?? _y.To), _top, _bottom))];
        double[] places = LabelColumn.Spread(ends, Row, _top + 4, _bottom - 4);
        for (int i = 0; i < _names.Length; i++)
        {
            _svg.Add(Element("path", new XAttribute("class", "test"), new XAttribute("style", $"stroke:{Color(_names[i])}"),
                new XAttribute("d", $"M{Number(_right + 5)} {Number(places[i])}h8")), Text(_right + 17, places[i] + 4, Label(_names[i]), "name"));
        }
    }

    private void DrawLegend()
    {
        double y = _bottom + 46;
        foreach (IReadOnlyList<string> row in LegendRows())
        {
            y += Row;
            double x = Pad;
            foreach (string name in row)
            {
                _svg.Add(Element("path", new XAttribute("class", "test"), new XAttribute("style", $"stroke:{Color(name)}"),
                    new XAttribute("d", $"M{Number(x)} {Number(y - 12)}h14")), Text(x + 19, y - 8, Label(name), "name"));
                x += LegendWidth(name);
            }
        }
    }

    private List<List<string>> LegendRows()
    {
        List<List<string>> rows = [];
        double used = double.PositiveInfinity;
        foreach (string name in _names)
        {
            if (used + LegendWidth(name) > _chart.Width - Pad)
            {
                rows.Add([]);
                used = Pad;
            }

            rows[^1].Add(name);
            used += LegendWidth(name);
        }

        return rows;
    }

    private static double LegendWidth(string name) => WidthOf(Label(name), Small) + 36;

    private static string Label(string name) => Shortened(Clean(name), 32);

    private string Color(string name) => ChartColors.Curve(Array.IndexOf(_names, name));

    private static string Class(CurveKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Where the label of a name belongs: at the end of its test curve, or of another where it has none.</summary>
    private CurvePoint? End(string name)
    {
        CurvePoint[] ends = [.. _chart.Curves.Where(c => c.Name == name).OrderByDescending(static c => c.Kind == CurveKind.Test)
            .SelectMany(static c => c.Points.Where(static p => p.IsFinite).TakeLast(1))];
        return ends.Length > 0 ? ends[0] : null;
    }

    private string Words() => $"{_chart.YLabel} over {XLabel}. " + string.Join(" ", _chart.Curves.Select(Words))
        + (Marks.Any() ? " Marked: " + string.Join("; ", Marks.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Label} at {m.X:N0}"))) + "." : "");

    private static string Words(Curve curve)
    {
        string whose = curve.Name + curve.Kind switch { CurveKind.Training => ", training", CurveKind.Test => ", test", _ => "" };
        CurvePoint[] points = [.. curve.Points.Where(static p => p.IsFinite)];
        return points.Length == 0 ? $"{whose}: no readings."
            : string.Create(CultureInfo.InvariantCulture, $"{whose}: {points[0].Y:G4} at {points[0].X:N0}, {points[^1].Y:G4} at {points[^1].X:N0}.");
    }
}
