namespace ResNetGen.Reports;

/// <summary>
/// One line of a chart. Curves of one name share a colour, so a network's training and test errors are two curves with its
/// name.
/// </summary>
/// <param name="Name">Whose curve it is; stands at the line's end.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Points">In rising order of X. Points that are not finite are left out, and the line with them.</param>
public sealed record Curve(string Name, CurveKind Kind, IReadOnlyList<CurvePoint> Points)
{
    /// <summary>
    /// The same curve in at most <paramref name="most"/> points, each the mean of equally many neighbours (the last one of
    /// what is left), standing where the last of them stood. For training errors, which are means over stretches already;
    /// a test error is a fact of its iteration, and its curve is drawn as it is.
    /// </summary>
    /// <param name="most">The most points, at least 1.</param>
    public Curve Averaged(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        int together = (Points.Count + most - 1) / most;
        return together <= 1
            ? this
            : this with { Points = [.. Points.Chunk(together).Select(static part => new CurvePoint(part[^1].X, part.Average(static p => p.Y)))] };
    }
}
