namespace ResNetGen.Reports;

/// <summary>
/// Curves over the iterations in the papers' style (He et al. 2015, figure 6): dashed training error, bold test error, one
/// colour a network. The picture is one SVG element that needs nothing else: it follows light and dark, brings its own
/// colours, which differ for the colour-blind too, and says in words what it shows.
/// </summary>
/// <example>
/// <code>
/// CurveChart chart = new()
/// {
///     Title = "Plain networks on CIFAR-10",
///     Curves = [new Curve("plain-20", CurveKind.Training, train), new Curve("plain-20", CurveKind.Test, test)],
/// };
/// chart.Save("docs/plain.svg");
/// </code>
/// </example>
public sealed record CurveChart
{
    /// <summary>What the chart shows; drawn above it where <see cref="DrawTitle"/> says so, and its name in any case.</summary>
    public required string Title { get; init; }

    /// <summary>Whether the title is drawn; a page that has it as a heading leaves it out.</summary>
    public bool DrawTitle { get; init; } = true;

    /// <summary>The curves, in the order in which their names get colours.</summary>
    public required IReadOnlyList<Curve> Curves { get; init; }

    /// <summary>What the horizontal axis counts. Left out, it is iterations, in units of 1e4 where there are that many.</summary>
    public string? XLabel { get; init; }

    /// <summary>What the vertical axis counts.</summary>
    public string YLabel { get; init; } = "error (%)";

    /// <summary>Where the vertical axis begins; left out, at zero or near the lowest point, whichever uses the space better.</summary>
    public double? YFrom { get; init; }

    /// <summary>
    /// Where the vertical axis ends; left out, at the highest point after the first twentieth of the run, in which errors are
    /// close to chance. Curves are cut there.
    /// </summary>
    public double? YTo { get; init; }

    /// <summary>Vertical lines, for example where the learning rate falls.</summary>
    public IReadOnlyList<CurveMark> Marks { get; init; } = [];

    /// <summary>Width of the picture in its own units, at least 240; letters keep their size, so a narrow one is for phones.</summary>
    public int Width { get; init; } = 720;

    /// <summary>Height of the picture without its title and legend, at least 160.</summary>
    public int Height { get; init; } = 400;

    /// <summary>The picture: one <c>svg</c> element, to be written to a file or into a page.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chart is too small for its axes, or its vertical axis ends before it begins.</exception>
    public string ToSvg() => new CurveDrawing(this).Draw(CurveDrawing.Style).ToString(System.Xml.Linq.SaveOptions.DisableFormatting);

    /// <summary>Writes the picture to a file, whole or not at all.</summary>
    /// <param name="path">For example "curves.svg".</param>
    /// <exception cref="BadInputException">The file cannot be written.</exception>
    public void Save(string path) => Weights.AtomicFile.WriteText(path, ToSvg() + "\n");
}
