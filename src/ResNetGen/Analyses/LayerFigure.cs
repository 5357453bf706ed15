using ResNetGen.Reports;

namespace ResNetGen.Analyses;

/// <summary>
/// Layer profiles as a picture in the style of He et al. 2015, figure 7: the layers of every network in their order, and beside it ranked
/// by magnitude.
/// </summary>
public static class LayerFigure
{
    /// <summary>Draws profiles of the same quantity.</summary>
    /// <param name="title">What the picture shows.</param>
    /// <param name="profiles">One a network, with the name that stands at its line.</param>
    /// <exception cref="ArgumentException">There is no profile, or they are of different quantities.</exception>
    public static ChartPanels Draw(string title, params IReadOnlyList<(string Name, LayerProfile Profile)> profiles)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(profiles);
        if (profiles.Select(static each => each.Profile.Quantity).Distinct(StringComparer.Ordinal).Count() != 1)
        {
            throw new ArgumentException("A figure takes profiles of one quantity, at least one of them.", nameof(profiles));
        }

        return new ChartPanels
        {
            Title = title,
            Charts =
            [
                Panel("original order", "layer, from the input", profiles, static profile => profile.Layers),
                Panel("sorted by magnitude", "layer, by magnitude", profiles, static profile => profile.ByMagnitude()),
            ],
        };
    }

    private static CurveChart Panel(
        string title, string axis, IReadOnlyList<(string Name, LayerProfile Profile)> profiles, Func<LayerProfile, IReadOnlyList<LayerValue>> order) => new()
    {
        Title = title,
        XLabel = axis,
        YLabel = profiles[0].Profile.Quantity,
        YFrom = 0,

        // The first layers are the strongest, and belong to the picture.
        YTo = 1.05 * profiles.SelectMany(static each => each.Profile.Layers).Where(static layer => double.IsFinite(layer.Value))
            .Select(static layer => layer.Value).Append(double.Epsilon).Max(),
        Width = 520,
        Height = 320,
        Curves =
        [
            .. profiles.Select(each => new Curve(
                each.Name, CurveKind.Other, [.. order(each.Profile).Select(static (layer, i) => new CurvePoint(i + 1, layer.Value))])),
        ],
    };
}
