using System.Text;

namespace ResNetGen.Architecture.Diagrams;

/// <summary>Writes a network as a Mermaid flowchart, which GitHub and most editors draw.</summary>
internal sealed class MermaidDiagram
{
    private readonly StringBuilder _text = new("flowchart TB\n");
    private readonly List<string> _edges = [];
    private int _last;

    public static string Of(NetworkArchitecture network)
    {
        var diagram = new MermaidDiagram();
        var input = new End("input", network.Input);
        diagram._text.Append($"    input([{Quote($"{network.Name}, image {network.Input}")}])\n");
        End output = diagram.Write(Boxes.Of(network.Layers), input, "    ");
        diagram._text.Append($"    output([{Quote($"output {network.Output}")}])\n");
        diagram.Connect(output, "output", skips: false);
        foreach (string edge in diagram._edges)
            diagram._text.Append("    ").Append(edge).Append('\n');

        return diagram._text.ToString();
    }

    /// <summary>Where a tensor comes from, and its shape.</summary>
    private readonly record struct End(string Id, Shape Shape);

    private End Write(EquatableArray<Box> boxes, End input, string indent)
    {
        var ends = new End[boxes.Count];
        for (int i = 0; i < boxes.Count; i++)
        {
            Box box = boxes[i];
            End[] sources = [.. box.Sources.Select(source => source < 0 ? input : ends[source])];
            string id = FormattableString.Invariant($"n{++_last}");
            if (box.Inside.Count > 0)
            {
                // An arrow to a block ends at the layers inside that take what reaches it.
                _text.Append($"{indent}subgraph {id}[{Quote(box.Heading)}]\n");
                ends[i] = Write(box.Inside, sources[0], indent + "    ") with { Shape = box.Output };
                _text.Append($"{indent}end\n");
                continue;
            }

            string words = Quote(box.Title.Length == 0 ? box.Text : $"{box.Title}\n{Label(box)}");
            _text.Append(box.IsSum ? $"{indent}{id}([{words}])\n" : $"{indent}{id}[{words}]\n");
            for (int each = 0; each < sources.Length; each++)
                Connect(sources[each], id, skips: box.Sources[each] != i - 1);

            ends[i] = new End(id, box.Output);
        }

        return boxes.Count == 0 ? input : ends[ends.Length - 1];
    }

    private static string Label(Box box) => box.Count == 1 ? box.Text : FormattableString.Invariant($"{box.Text} × {box.Count}");

    private void Connect(End from, string to, bool skips) =>
        _edges.Add(skips ? $"{from.Id} -. {Quote(from.Shape.ToString())} .-> {to}" : $"{from.Id} -- {Quote(from.Shape.ToString())} --> {to}");

    // Within quotes Mermaid reads HTML, with # for &.
    private static string Quote(string text) => "\"" + text
        .Replace("#", "#35;").Replace("&", "#amp;").Replace("\"", "#quot;").Replace("<", "#lt;").Replace(">", "#gt;").Replace("\n", "<br/>") + "\"";
}
