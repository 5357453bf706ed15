using ResNetGen.Architecture.Layers;
using ResNetGen.Generators.Emission.Classes;

namespace ResNetGen.Generators.Emission.Forward;

/// <summary>Writes a graph: a variable a layer, released by the last one that reads it.</summary>
internal sealed class GraphWriter(ModuleClass owner, SourceWriter writer, Variables variables, Func<Slot, Flow, Flow> run, Action<string, Flow, Variables>? tapped)
{
    private readonly Dictionary<string, Flow> _outputs = new(StringComparer.Ordinal);

    public Flow Write(Slot graph, Flow input)
    {
        Wiring wiring = new((Graph)graph.Sample);
        _outputs[Node.Input] = variables.Hold(input);
        Flow last = _outputs[Node.Input];
        for (int i = 0; i < wiring.Count; i++)
        {
            Slot slot = graph.Elements[i];
            last = slot.Sample switch
            {
                Architecture.Layers.Join => Join(slot, wiring, i),
                Blocks blocks => Loop(slot, blocks, Read(wiring, i, wiring.Sources(i)[0])),
                _ => run(slot, Read(wiring, i, wiring.Sources(i)[0])),
            };
            string key = slot.Sample.Name;
            if (i + 1 < wiring.Count || (tapped is not null && owner.IsTapped(key)))
                last = Keep(slot, last);

            _outputs[key] = last;
            if (owner.IsTapped(key))
                tapped?.Invoke(key, last, variables);
        }

        return last;
    }

    private Flow Keep(Slot slot, Flow output) =>
        output.IsVariable ? output : variables.Assign(variables.Free(Names.Local(Names.Property(slot.Sample.Name))), output);

    // The last reader owns it.
    private Flow Read(Wiring wiring, int at, string source)
    {
        Flow flow = _outputs[source];
        return flow with { IsOwned = flow.IsOwned && !wiring.IsReadAfter(at, source) };
    }

    private Flow Loop(Slot slot, Blocks blocks, Flow source)
    {
        Flow x = Keep(slot, source.IsOwned ? source with { IsVariable = false } : source.Again());
        return LoopWriter.Write(writer, LayerCode.Type(blocks.Runs[0].Body, owner.Code.Names), owner.ChildAt(slot).Access, x, owner.Code.Recompute);
    }

    private Flow Join(Slot slot, Wiring wiring, int at)
    {
        Flow[] flows = [.. wiring.Sources(at).Select(source => Read(wiring, at, source))];
        Flow joined = Keep(slot, new Flow($"{owner.ChildAt(slot).Access}.call([{string.Join(", ", flows.Select(flow => flow.Text))}])", IsOwned: true));
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
