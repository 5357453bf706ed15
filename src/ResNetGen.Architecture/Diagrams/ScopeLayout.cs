namespace ResNetGen.Architecture.Diagrams;

/// <summary>Where the boxes of one scope stand, in pixels from its upper left corner; blocks are laid out inside first.</summary>
internal sealed class ScopeLayout
{
    public const double TextHeight = 15, Padding = 14, Header = 26, RowGap = 38;

    private const double CharacterWidth = 6.5;

    public ScopeLayout(EquatableArray<Box> boxes, bool isRoot)
    {
        Boxes = boxes;
        Inside = [.. boxes.Select(box => box.Inside.Count == 0 ? null : new ScopeLayout(box.Inside, isRoot: false))];
        Ranks = new Ranks(boxes);
        foreach (Ranks.Place place in Ranks.Rows.SelectMany(row => row))
        {
            place.Half = place.Box >= 0 ? WidthOf(place.Box) / 2 : 5;
            if (place.Box >= 0 && Inside[place.Box] is { } inside)
                (place.In, place.Out) = (inside.Ranks.Source.X - (inside.Width / 2), inside.Result - (inside.Width / 2));
        }

        Columns.Arrange(Ranks);
        double left = Ranks.Rows.SelectMany(row => row).Min(place => place.X - place.Half);
        foreach (Ranks.Place place in Ranks.Rows.SelectMany(row => row))
            place.X += Padding - left;

        Width = Padding + Ranks.Rows.SelectMany(row => row).Max(place => place.X + place.Half);
        double y = isRoot ? Padding : Header;
        foreach (List<Ranks.Place> row in Ranks.Rows)
        {
            double height = row.Max(place => place.Box >= 0 ? HeightOf(place.Box) : 0);
            Tops.Add(y);
            Heights.Add(height);
            // The input is a point: what it is stands on the edge that reaches the block.
            y += height + (row[0] == Ranks.Source ? RowGap / 2 : RowGap);
        }

        Height = y - RowGap + (RowGap / 2);
    }

    public EquatableArray<Box> Boxes { get; }

    public ScopeLayout?[] Inside { get; }

    public Ranks Ranks { get; }

    public double Width { get; }

    public double Height { get; }

    /// <summary>Where the last box's output leaves the scope, from its left edge.</summary>
    public double Result => PlaceOf(Boxes.Count - 1) is { } last ? last.X + last.Out : Ranks.Source.X;

    /// <summary>Upper edge of each row.</summary>
    public List<double> Tops { get; } = [];

    /// <summary>Height of each row; a lower box hangs from its upper edge.</summary>
    public List<double> Heights { get; } = [];

    public Ranks.Place? PlaceOf(int box) => box < 0 ? null : Ranks.Rows.SelectMany(row => row).First(place => place.Box == box);

    public int RowOf(Ranks.Place place) => Ranks.Rows.FindIndex(row => row.Contains(place));

    /// <summary>Lower edge of a box.</summary>
    public double Bottom(int box) => Tops[RowOf(PlaceOf(box)!)] + HeightOf(box);

    public double WidthOf(int box)
    {
        Box drawn = Boxes[box];
        return Inside[box] is { } inside
            ? Math.Max(inside.Width, WidthOf(drawn.Heading) + (2 * Padding))
            : Lines(drawn).Max(WidthOf) + (2 * Padding) + (drawn.IsSum ? Padding : 0);
    }

    public double HeightOf(int box) => Inside[box]?.Height ?? (Lines(Boxes[box]).Length * TextHeight) + 10;

    /// <summary>The lines of text in a layer's box: its name, and what it does, broken where that is long.</summary>
    public static string[] Lines(Box box)
    {
        List<string> lines = box.Title.Length == 0 ? [] : [box.Title];
        foreach (string part in box.Text.Split([" · "], StringSplitOptions.None))
        {
            bool fits = lines.Count > (box.Title.Length == 0 ? 0 : 1) && lines[lines.Count - 1].Length + part.Length < 36;
            if (fits)
                lines[lines.Count - 1] += " · " + part;
            else
                lines.Add(part);
        }

        if (box.Count > 1)
            lines[lines.Count - 1] += FormattableString.Invariant($" × {box.Count}");

        return [.. lines];
    }

    private static double WidthOf(string text) => text.Length * CharacterWidth;
}
