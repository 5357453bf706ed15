namespace ResNetGen.Reports;

/// <summary>Moves labels at the ends of lines apart, so that none covers another and each stays near its line.</summary>
internal static class LabelColumn
{
    /// <summary>Places for labels that want to be at <paramref name="wanted"/>, in the same order.</summary>
    /// <param name="wanted">Where each would stand if it were alone.</param>
    /// <param name="distance">The least distance between two.</param>
    /// <param name="top">The highest place.</param>
    /// <param name="bottom">The lowest place.</param>
    public static double[] Spread(IReadOnlyList<double> wanted, double distance, double top, double bottom)
    {
        int[] order = [.. Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i])];
        double[] places = new double[wanted.Count];
        double next = top;
        foreach (int i in order)
        {
            places[i] = Math.Max(wanted[i], next);
            next = places[i] + distance;
        }

        // Those that were pushed out below go up again, and push others.
        next = bottom;
        foreach (int i in order.Reverse())
        {
            places[i] = Math.Min(places[i], next);
            next = places[i] - distance;
        }

        return places;
    }
}
