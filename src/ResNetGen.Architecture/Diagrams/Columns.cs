namespace ResNetGen.Architecture.Diagrams;

/// <summary>Puts the places of each row in an order with few crossings, and as straight above each other as their widths allow.</summary>
internal static class Columns
{
    private const int Sweeps = 12;
    private const double Gap = 22, Weak = 0.01;

    public static void Arrange(Ranks ranks)
    {
        for (int sweep = 0; sweep < Sweeps; sweep++)
            foreach (List<Ranks.Place> row in sweep % 2 == 0 ? ranks.Rows : Enumerable.Reverse(ranks.Rows))
                Sort(row, ranks, down: sweep % 2 == 0);

        foreach (List<Ranks.Place> row in ranks.Rows)
            Place(row, _ => (0, 1));

        for (int sweep = 0; sweep < 10 * Sweeps; sweep++)
            foreach (List<Ranks.Place> row in sweep % 2 == 0 ? ranks.Rows : Enumerable.Reverse(ranks.Rows))
                Place(row, place => Wish(place, down: sweep % 2 == 0));
    }

    // Barycentres: each place under, then over, the middle of what it is joined to. Ties keep their order.
    private static void Sort(List<Ranks.Place> row, Ranks ranks, bool down)
    {
        var position = new Dictionary<Ranks.Place, int>();
        foreach (List<Ranks.Place> each in ranks.Rows)
            for (int i = 0; i < each.Count; i++)
                position[each[i]] = i;

        Ranks.Place[] sorted = [.. row.OrderBy(place =>
        {
            List<Ranks.Place> joined = down ? place.Above : place.Below;
            return joined.Count == 0 ? position[place] : joined.Average(other => (double)position[other]);
        })];
        row.Clear();
        row.AddRange(sorted);
    }

    // Where a place would like to stand for what it is joined to, and how much that matters: the main path runs straight, and
    // so does an edge that passes rows, between its ends.
    private static (double X, double Weight) Wish(Ranks.Place place, bool down)
    {
        double weight = 0, sum = 0;
        foreach (Ranks.Place other in down ? place.Above : place.Below)
        {
            double pull = down ? Pull(other, place) : Pull(place, other);
            weight += pull;
            sum += pull * (down ? other.X + other.Out - place.In : other.X + other.In - place.Out);
        }

        return weight == 0 ? (place.X, Weak) : (sum / weight, weight);
    }

    // The first of two is the main path; of three or more none is.
    private static double Pull(Ranks.Place above, Ranks.Place below)
    {
        if (above.IsPassing || below.IsPassing)
            return above.IsPassing && below.IsPassing ? 0.1 : Weak;

        bool fans = above.Below.Count(other => !other.IsPassing) > 2 || below.Above.Count(other => !other.IsPassing) > 2;
        return fans || (above.Below[0] == below && below.Above[0] == above) ? 1 : Weak;
    }

    // The places of a row as near to their wishes as they can be without touching: neighbours that would are moved together.
    private static void Place(List<Ranks.Place> row, Func<Ranks.Place, (double X, double Weight)> wish)
    {
        List<(double Sum, double Weight, int Count)> groups = [];
        double[] offsets = new double[row.Count];
        for (int i = 0; i < row.Count; i++)
        {
            offsets[i] = i == 0 ? 0 : offsets[i - 1] + row[i - 1].Half + Gap + row[i].Half;
            (double x, double weight) = wish(row[i]);
            groups.Add(((x - offsets[i]) * weight, weight, 1));
            for (int last = groups.Count - 1; last > 0 && Mean(groups[last - 1]) > Mean(groups[last]); last--)
            {
                groups[last - 1] = (groups[last - 1].Sum + groups[last].Sum, groups[last - 1].Weight + groups[last].Weight, groups[last - 1].Count + groups[last].Count);
                groups.RemoveAt(last);
            }
        }

        int place = 0;
        foreach ((double Sum, double Weight, int Count) group in groups)
            for (int i = 0; i < group.Count; i++, place++)
                row[place].X = Mean(group) + offsets[place];
    }

    private static double Mean((double Sum, double Weight, int Count) group) => group.Sum / group.Weight;
}
