namespace ResNetGen.Architecture.Diagrams;

/// <summary>
/// The boxes of one scope in rows, each below all that it takes. An edge that passes rows gets a place of its own in each of
/// them, so that it runs beside the boxes and not through them (Sugiyama et al. 1981).
/// </summary>
internal sealed class Ranks
{
    /// <summary>A place in a row: a box, the scope's input (-1), or an edge on its way (-2).</summary>
    /// <param name="box">Which.</param>
    public sealed class Place(int box)
    {
        public const int Input = -1, Passing = -2;

        public int Box { get; } = box;

        public bool IsPassing => Box == Passing;

        /// <summary>The places above that it is joined to.</summary>
        public List<Place> Above { get; } = [];

        /// <summary>The places below that it is joined to.</summary>
        public List<Place> Below { get; } = [];

        /// <summary>Half of its width, and its centre, in pixels.</summary>
        public double Half { get; set; }

        public double X { get; set; }

        /// <summary>Where edges reach it, and where they leave it, from its centre to the right: blocks go on inside.</summary>
        public double In { get; set; }

        public double Out { get; set; }
    }

    /// <summary>An edge: the places that it runs through, from the box that gives to the box that takes.</summary>
    public sealed record Edge(int From, int To, IReadOnlyList<Place> Way);

    public Ranks(EquatableArray<Box> boxes)
    {
        Place[] places = [.. Enumerable.Range(0, boxes.Count).Select(box => new Place(box))];
        int[] rows = new int[boxes.Count];
        Rows.Add([Source]);
        for (int i = 0; i < boxes.Count; i++)
        {
            rows[i] = 1 + boxes[i].Sources.Max(source => source < 0 ? 0 : rows[source]);
            Put(places[i], rows[i]);
            foreach (int source in boxes[i].Sources)
                Edges.Add(Connect(source, i, source < 0 ? Source : places[source], source < 0 ? 0 : rows[source], places[i], rows[i]));
        }
    }

    /// <summary>The scope's input.</summary>
    public Place Source { get; } = new(Place.Input);

    /// <summary>The rows, top to bottom, each from left to right.</summary>
    public List<List<Place>> Rows { get; } = [];

    public List<Edge> Edges { get; } = [];

    private Edge Connect(int from, int to, Place above, int top, Place below, int bottom)
    {
        List<Place> way = [above];
        for (int row = top + 1; row < bottom; row++)
        {
            var passing = new Place(Place.Passing);
            Put(passing, row);
            way.Add(passing);
        }

        way.Add(below);
        for (int i = 1; i < way.Count; i++)
        {
            way[i - 1].Below.Add(way[i]);
            way[i].Above.Add(way[i - 1]);
        }

        return new Edge(from, to, way);
    }

    private void Put(Place place, int row)
    {
        while (Rows.Count <= row)
            Rows.Add([]);

        Rows[row].Add(place);
    }
}
