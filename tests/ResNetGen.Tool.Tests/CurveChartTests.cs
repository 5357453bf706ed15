using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ResNetGen.Reports;

namespace ResNetGen.Tool.Tests;

public sealed partial class CurveChartTests
{
    private static readonly CurveChart Chart = new()
    {
        Title = "Plain networks",
        Curves =
        [
            Line("plain-20", CurveKind.Training, (1_000, 60), (20_000, 12), (64_000, 7.5)),
            Line("plain-20", CurveKind.Test, (1_000, 70), (20_000, 15), (64_000, 8.75)),
            Line("plain-56", CurveKind.Training, (1_000, 75), (20_000, 17), (64_000, 9)),
            Line("plain-56", CurveKind.Test, (1_000, 80), (20_000, 19), (64_000, 9.1)),
        ],
        Marks = [new CurveMark(32_000, "rate 0.01"), new CurveMark(48_000, "rate 0.001")],
    };

    [Fact]
    public void Training_is_dashed_and_test_bold_and_a_network_has_one_colour()
    {
        XElement svg = Draw(Chart);
        XElement[] curves = Curves(svg);
        Assert.Equal(["training", "training", "test", "test"], curves.Select(static c => c.Attribute("class")!.Value));
        Assert.Equal(
            ["stroke:var(--curve-0)", "stroke:var(--curve-1)", "stroke:var(--curve-0)", "stroke:var(--curve-1)"],
            curves.Select(static c => c.Attribute("style")!.Value));
        string css = svg.Element(Svg + "style")!.Value;
        Assert.Contains(".training{stroke-width:1.4;stroke-dasharray:5 3}", css, StringComparison.Ordinal);
        Assert.Contains(".test{stroke-width:2.6}", css, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", css, StringComparison.Ordinal);
    }

    [Fact]
    public void Iterations_are_counted_in_tens_of_thousands_where_there_are_that_many()
    {
        string[] texts = Texts(Draw(Chart));
        Assert.Contains("iterations (1e4)", texts);
        Assert.Contains("6", texts);
        Assert.DoesNotContain("60,000", texts);
        CurveChart brief = Chart with { Curves = [Line("a", CurveKind.Test, (100, 60), (2_000, 12))], Marks = [] };
        Assert.Contains("iterations", Texts(Draw(brief)));
        Assert.Contains("2,000", Texts(Draw(brief)));
    }

    [Fact]
    public void Points_stand_where_the_axes_say()
    {
        XElement svg = Draw(Chart with { YFrom = 0, YTo = 20 });
        double zero = Y(svg, "0", end: true), twenty = Y(svg, "20", end: true);
        (double X, double Y)[] points = Points(Curves(svg)[2]);

        // Ticks' letters stand 4 units below their lines.
        Assert.Equal(zero - 4 - (8.75 / 20 * (zero - twenty)), points[^1].Y, 0.11);
        double x0 = X(svg, "0"), x6 = X(svg, "6");
        Assert.Equal(x0 + (6.4 / 6 * (x6 - x0)), points[^1].X, 0.11);
    }

    [Fact]
    public void The_axis_leaves_the_first_moments_out_and_says_where_it_was_told_to_end()
    {
        // 80 % at iteration 1,000 is before a twentieth of the run; what follows fits below 20 %.
        Assert.Equal((0, 20), CurveRanges.Y(Chart));
        Assert.Equal((5, 40), CurveRanges.Y(Chart with { YFrom = 5, YTo = 40 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => (Chart with { YFrom = 5, YTo = 5 }).ToSvg());
    }

    [Theory]
    [InlineData(0.3, "0.1 0.2 0.3")]
    [InlineData(23, "5 10 15 20")]
    public void Ticks_are_round(double to, string expected)
    {
        Axis axis = new(0, to, 0, 230, spacing: 45);
        Assert.Equal(expected, string.Join(' ', axis.Ticks.Skip(1).Select(axis.Label)));
    }

    [Fact]
    public void A_learning_rate_that_falls_is_marked()
    {
        XElement svg = Draw(Chart);
        XElement[] marks = [.. svg.Descendants(Svg + "path").Where(static p => p.Attribute("class")?.Value == "mark")];
        Assert.Equal(["rate 0.01", "rate 0.001"], marks.Select(static m => m.Element(Svg + "title")!.Value));
        Assert.Contains("rate 0.01", Texts(svg));
    }

    [Fact]
    public void Names_stand_at_the_ends_and_do_not_cover_each_other()
    {
        // Both test curves end within a unit of each other.
        double[] places = Names(Draw(Chart)).Select(static n => Number(n, "y")).Order().ToArray();
        Assert.Equal(2, places.Length);
        Assert.True(places[1] - places[0] >= 17.9, $"names at {string.Join(" and ", places)}");
    }

    [Fact]
    public void Long_names_go_below_the_plot_and_stay_on_the_paper()
    {
        CurveChart narrow = Chart with
        {
            Width = 300,
            Curves = [.. Enumerable.Range(0, 5).Select(static i => Line($"a-network-with-a-very-long-name-and-number-{i}", CurveKind.Test, (0, 50 + i), (5_000, 10)))],
        };
        XElement svg = Draw(narrow);
        XElement[] names = Names(svg);
        Assert.Equal(5, names.Select(static n => Number(n, "y")).Distinct().Count());
        Assert.All(names, n => Assert.True(Number(n, "x") + (0.6 * 12 * n.Value.Length) <= 300, n.ToString()));
        Assert.All(names, n => Assert.True(Number(n, "y") <= double.Parse(svg.Attribute("height")!.Value, CultureInfo.InvariantCulture)));
        Assert.All(names, static n => Assert.Contains('…', n.Value));
    }

    [Fact]
    public void Names_are_text_whatever_they_hold()
    {
        const string Name = "<script>&\"\u0001'\ud83d\ude00\ud83d";
        XElement svg = Draw(Chart with { Title = Name, Curves = [Line(Name, CurveKind.Test, (0, 1), (1, 2))] });
        Assert.Empty(svg.Descendants(Svg + "script"));
        Assert.Equal("<script>&\"\ufffd'\ud83d\ude00\ufffd", Assert.Single(Names(svg)).Value);
    }

    [Fact]
    public void What_is_not_finite_interrupts_its_line_only()
    {
        CurveChart broken = Chart with { Marks = [new CurveMark(double.NaN, "never")], Curves = [Line("a", CurveKind.Test, (1, 5), (2, double.NaN), (3, 7), (4, double.PositiveInfinity))] };
        string path = Curves(Draw(broken))[0].Attribute("d")!.Value;
        Assert.Equal(2, path.Count(static c => c == 'M'));
        Assert.DoesNotContain("NaN", Draw(broken).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_point_is_a_dot_and_none_is_said()
    {
        XElement one = Draw(Chart with { Curves = [Line("a", CurveKind.Test, (78, 60))] });
        Assert.Single(one.Descendants(Svg + "circle"));
        XElement none = Draw(Chart with { Curves = [Line("a", CurveKind.Test)], Marks = [] });
        Assert.Contains("no readings yet", Texts(none));
    }

    [Fact]
    public void The_picture_says_in_words_what_it_shows()
    {
        XElement svg = Draw(Chart);
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal("Plain networks", svg.Attribute("aria-label")!.Value);
        Assert.Contains("plain-56, test: 80 at 1,000, 9.1 at 64,000.", svg.Element(Svg + "desc")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Averaged_readings_keep_their_mean_and_their_last_place()
    {
        Curve noisy = Line("a", CurveKind.Training, [.. Enumerable.Range(1, 1000).Select(static i => ((double)i, (double)(i % 2)))]);
        Curve smooth = noisy.Averaged(100);
        Assert.Equal(100, smooth.Points.Count);
        Assert.All(smooth.Points, static p => Assert.Equal(0.5, p.Y));
        Assert.Equal(1000, smooth.Points[^1].X);
        Assert.Same(noisy, noisy.Averaged(1000));
    }

    [Fact]
    public void Panels_share_one_axis()
    {
        CurveChart better = Chart with { Title = "Residual networks", Curves = [Line("resnet-20", CurveKind.Test, (0, 60), (64_000, 3))] };
        XElement svg = XDocument.Parse(new ChartPanels { Title = "Both", Charts = [Chart, better] }.ToSvg()).Root!;
        XElement[] panels = [.. svg.Elements(Svg + "svg")];
        Assert.Equal(2, panels.Length);
        Assert.Equal(Y(panels[0], "20", end: true), Y(panels[1], "20", end: true));
        Assert.Single(svg.Descendants(Svg + "style"));
    }

    [Fact]
    public void A_drawing_is_what_it_was()
    {
        string drawn = Chart.ToSvg().Replace("><", ">\n<", StringComparison.Ordinal) + "\n";
        string path = Path.Combine(AppContext.BaseDirectory, "CurveChartTests.A_drawing_is_what_it_was.verified.svg");
        if (Environment.GetEnvironmentVariable("RESNETGEN_ACCEPT_PICTURES") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(path)), drawn);
        }

        Assert.Equal(File.ReadAllText(path), drawn);
    }

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static Curve Line(string name, CurveKind kind, params (double X, double Y)[] points) =>
        new(name, kind, [.. points.Select(static p => new CurvePoint(p.X, p.Y))]);

    private static XElement Draw(CurveChart chart) => XDocument.Parse(chart.ToSvg()).Root!;

    private static XElement[] Curves(XElement svg) => [.. svg.Element(Svg + "svg")!.Elements(Svg + "path")];

    private static XElement[] Names(XElement svg) => [.. svg.Descendants(Svg + "text").Where(static t => t.Attribute("class")?.Value == "name")];

    private static string[] Texts(XElement svg) => [.. svg.Descendants(Svg + "text").Select(static t => t.Value)];

    private static double Y(XElement svg, string text, bool end) =>
        Number(svg.Descendants(Svg + "text").First(t => t.Value == text && t.Attribute("class")!.Value.Contains("end", StringComparison.Ordinal) == end), "y");

    private static double X(XElement svg, string text) =>
        Number(svg.Descendants(Svg + "text").First(t => t.Value == text && t.Attribute("class")!.Value.Contains("middle", StringComparison.Ordinal)), "x");

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static (double X, double Y)[] Points(XElement path) =>
        [.. Pair().Matches(path.Attribute("d")!.Value).Select(static m => (Number(m, 1), Number(m, 2)))];

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[ML](-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex Pair();
}
