using ResNetGen.Architecture.Layers;
using ResNetGen.Generators.Emission.Classes;

namespace ResNetGen.Generators.Emission.Forward;

/// <summary>Writes a graph: a variable a layer, released by the last one that reads it.</summary>
internal sealed class GraphWriter(ModuleClass owner, SourceWriter writer, Variables variables, Action<string, Flow, Variables>? tapped)
{
    private readonly Dictionary<string, Flow> _outputs = new(StringComparer.Ordinal);

    public Flow Write(Slot graph, Flow input)
    {
        Wiring wiring = new((Graph)graph.Sample);
        _outputs[Node.Input] = variables.Hold(input);
        Flow last = _outputs[Node.Input];
        for (int i = 0; i < wiring.Count; i++)
        {
            Child child = owner.ChildAt(graph.Elements[i]);
            last = child.Slot.Sample is Architecture.Layers.Join
                ? Join(child, wiring, i)
                : new Flow(Read(wiring, i, wiring.Sources(i)[0]).Through(child.Property), IsOwned: true);
            if (i + 1 < wiring.Count || (tapped is not null && owner.IsTapped(child.Key)))
                last = Keep(child, last);

            _outputs[child.Key] = last;
            if (owner.IsTapped(child.Key))
                tapped?.Invoke(child.Key, last, variables);
        }

        return last;
    }

    private Flow Keep(Child child, Flow output) =>
        output.IsVariable ? output : variables.Assign(variables.Free(Names.Local(child.Property)), output);

    // The last reader owns it.
    private Flow Read(Wiring wiring, int at, string source)
    {
        Flow flow = _outputs[source];
        return flow with { IsOwned = flow.IsOwned && !wiring.IsReadAfter(at, source) };
    }

    private Flow Join(Child child, Wiring wiring, int at)
    {
        Flow[] flows = [.. wiring.Sources(at).Select(source => Read(wiring, at, source))];
        Flow joined = Keep(child, new Flow($"{child.Property}.call([{string.Join(", ", flows.Select(flow => flow.Text))}])", IsOwned: true));
        foreach (string done in flows.Where(flow => flow.IsOwned).Select(flow => flow.Text).Distinct())
            writer.Write($"{done}.Dispose();");

        return joined;
    }

    /// <summary>A graph's nodes with the layers that each one reads.</summary>
    private sealed class Wiring(Graph graph)
    {
        public int Count => graph.Nodes.Count;

        public string[] Sources(int index)
        {
            Node node = graph.Nodes[index];
            return node.From.Count > 0 ? [.. node.From] : [index == 0 ? Node.Input : graph.Nodes[index - 1].Layer.Name];
        }

        public bool IsReadAfter(int index, string source) =>
            Enumerable.Range(index + 1, Count - index - 1).Any(later => Sources(later).Contains(source));
    }
}
