using System.Text;

namespace ResNetGen.Architecture.Diagrams;

/// <summary>Draws a network as an SVG picture: images run downwards, blocks are boxes, a tensor's shape stands at the edge that leaves its box.</summary>
internal sealed class SvgDiagram
{
    private const string MainColor = "#4a5568", ShortcutColor = "#c2571a";
    private const double ShapeWidth = 70;

    private readonly StringBuilder _text = new();

    public static string Of(NetworkArchitecture network)
    {
        Box image = new() { Title = network.Name, Text = $"image {network.Input}", Output = network.Input, Sources = [-1] };
        Box[] layers = [.. Boxes.Of(network.Layers).Select(box => box with { Sources = box.Sources.Select(source => source + 1).ToEquatableArray() })];
        Box result = new() { Title = "output", Text = network.Output.ToString(), Output = network.Output, Sources = [layers.Length] };
        var layout = new ScopeLayout(layers.Prepend(image).Append(result).ToEquatableArray(), isRoot: true);
        var diagram = new SvgDiagram();
        diagram.Open(network.Name, layout.Width + ShapeWidth, layout.Height);
        diagram.Draw(layout, left: 0, top: 0, depth: 0);
        return diagram._text.Append("</svg>\n").ToString();
    }

    private void Open(string name, double width, double height) => Write(
        $"""
         <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:0} {height:0}" width="{width:0}" height="{height:0}" font-family="Helvetica, Arial, sans-serif" font-size="12">
         <title>{Escape(name)}</title>
         <defs>
         <marker id="main" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="{MainColor}"/></marker>
         <marker id="skip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="{ShortcutColor}"/></marker>
         </defs>
         <rect width="100%" height="100%" fill="#ffffff"/>
         """);

    private void Draw(ScopeLayout layout, double left, double top, int depth)
    {
        for (int row = 0; row < layout.Ranks.Rows.Count; row++)
            foreach (Ranks.Place place in layout.Ranks.Rows[row].Where(place => place.Box >= 0))
                DrawBox(layout, place, left + place.X, top + layout.Tops[row], depth);

        foreach (Ranks.Edge edge in layout.Ranks.Edges.Where(edge => edge.From >= 0 || depth > 0))
            DrawEdge(layout, edge, left, top);

        var labelled = new HashSet<int>();
        foreach (Ranks.Edge edge in layout.Ranks.Edges.Where(edge => edge.From >= 0 && labelled.Add(edge.From)))
            DrawShape(layout, edge, left, top);
    }

    private void DrawBox(ScopeLayout layout, Ranks.Place place, double x, double y, int depth)
    {
        Box box = layout.Boxes[place.Box];
        double width = layout.WidthOf(place.Box), height = layout.HeightOf(place.Box), left = x - (width / 2);
        if (layout.Inside[place.Box] is not { } inside)
        {
            Rectangle(left, y, width, height, box.IsSum ? height / 2 : 4, Fill(box), box.IsSum ? ShortcutColor : MainColor);
            string[] lines = ScopeLayout.Lines(box);
            for (int i = 0; i < lines.Length; i++)
                Text(x, y + 16 + (i * ScopeLayout.TextHeight), lines[i], "middle", bold: i == 0 && box.Title.Length > 0);

            return;
        }

        for (int copy = Math.Min(box.Count, 3) - 1; copy > 0; copy--)
            Rectangle(left + (4 * copy), y + (4 * copy), width, height, 6, "#ffffff", "#a0aec0");

        Rectangle(left, y, width, height, 6, depth % 2 == 0 ? "#f4f6f9" : "#e9edf2", "#718096");
        double inner = left + ((width - inside.Width) / 2), input = inner + inside.Ranks.Source.X;
        Write($"""<path d="M{input:0.#} {y:0.#}V{y + ScopeLayout.Header:0.#}" stroke="{MainColor}" fill="none"/>""");
        Text(left + 10, y + 17, box.Heading, "start", bold: true);
        Draw(inside, inner, y, depth + 1);
        if (inside.Boxes.Count > 0)
            Write($"""<path d="M{inner + inside.Result:0.#} {y + inside.Bottom(inside.Boxes.Count - 1):0.#}V{y + height:0.#}" stroke="{MainColor}" fill="none"/>""");
    }

    private void DrawEdge(ScopeLayout layout, Ranks.Edge edge, double left, double top)
    {
        (double x, double y) = Start(layout, edge, left, top);
        var path = new StringBuilder(FormattableString.Invariant($"M{x:0.#} {y:0.#}"));
        foreach (Ranks.Place place in edge.Way.Skip(1))
        {
            int row = layout.RowOf(place);
            double nextX = left + place.X + place.In, nextY = top + layout.Tops[row];
            double middle = (nextY - y) / 2;
            path.Append(FormattableString.Invariant($"C{x:0.#} {y + middle:0.#} {nextX:0.#} {nextY - middle:0.#} {nextX:0.#} {nextY:0.#}"));
            (x, y) = (nextX, nextY);
            if (!place.IsPassing)
                break;

            y += layout.Heights[row];
            path.Append(FormattableString.Invariant($"V{y:0.#}"));
        }

        bool skips = edge.Way.Count > 2;
        Write($"""<path d="{path}" stroke="{(skips ? ShortcutColor : MainColor)}" stroke-width="1.4" fill="none" marker-end="url(#{(skips ? "skip" : "main")})"/>""");
    }

    private void DrawShape(ScopeLayout layout, Ranks.Edge edge, double left, double top)
    {
        (double x, double y) = Start(layout, edge, left, top);
        Text(x + 6, y + 14, layout.Boxes[edge.From].Output.ToString(), "start", bold: false, small: true);
    }

    private static (double X, double Y) Start(ScopeLayout layout, Ranks.Edge edge, double left, double top) =>
        layout.PlaceOf(edge.From) is { } box
            ? (left + box.X + box.Out, top + layout.Bottom(edge.From))
            : (left + layout.Ranks.Source.X, top + layout.Tops[0]);

    private static string Fill(Box box) => box switch
    {
        { IsSum: true } => "#fdeee3",
        _ when box.Text.Contains("conv") => "#e3effb",
        _ when box.Text.Contains("pool") => "#e6f4e1",
        _ when box.Text.Contains("linear") => "#f1e8fb",
        _ => "#ffffff",
    };

    private void Rectangle(double x, double y, double width, double height, double round, string fill, string stroke) => Write(
        $"""<rect x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" rx="{round:0.#}" fill="{fill}" stroke="{stroke}"/>""");

    // The white edge keeps a text readable where a line runs behind it.
    private void Text(double x, double y, string text, string anchor, bool bold, bool small = false)
    {
        string style = (bold ? " font-weight=\"bold\"" : "") + (small ? " font-size=\"11\" fill=\"#2d5a88\"" : " fill=\"#1a202c\"");
        string halo = anchor == "start" ? " stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"" : "";
        Write($"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}"{style}{halo}>{Escape(text)}</text>""");
    }

    private void Write(FormattableString line) => _text.Append(FormattableString.Invariant(line)).Append('\n');

    private static string Escape(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");
}
