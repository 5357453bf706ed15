namespace ResNetGen.Architecture.Layers;

/// <summary>Layers of which some take the output of an earlier one than the one before them, or of several.</summary>
/// <param name="Name">Its segment of state_dict keys; empty where it only groups.</param>
/// <param name="Nodes">The layers in declaration order; each takes only earlier ones. The last one is the output.</param>
public sealed record Graph(string Name, EquatableArray<Node> Nodes) : Composite(Name)
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => Follow(input).Last().Output;

    internal override IEnumerable<Part> Parts(Shape input) =>
        Follow(input).Select(step => new Part(step.Node.Layer, step.Inputs[0]));

    /// <summary>Each node with the shapes that reach it and the one that leaves it.</summary>
    internal IEnumerable<(Node Node, EquatableArray<Shape> Inputs, Shape Output)> Follow(Shape input)
    {
        var outputs = new Dictionary<string, Shape>(StringComparer.Ordinal) { [Node.Input] = input };
        Shape last = input;
        foreach (Node node in Nodes)
        {
            EquatableArray<Shape> inputs = node.From.Count == 0
                ? [last]
                : node.From.Select(name => outputs[name]).ToEquatableArray();
            last = node.Layer is Join join ? join.Output(inputs) : node.Layer.Output(inputs[0]);
            outputs[node.Layer.Name] = last;
            yield return (node, inputs, last);
        }
    }

    internal override Signal Run(Signal input, SavedTally saved)
    {
        var outputs = new Dictionary<string, Signal>(StringComparer.Ordinal) { [Node.Input] = input };
        Signal last = input;
        for (int i = 0; i < Nodes.Count; i++)
        {
            Node node = Nodes[i];
            Signal[] inputs = node.From.Count == 0 ? [last] : [.. node.From.Select(name => outputs[name])];
            foreach (Signal each in inputs)
                each.Shared |= IsReadAfter(i, each, outputs);

            last = node.Layer is Join join ? join.Run(inputs, saved) : saved.Run(node.Layer, inputs[0]);
            last.Shared |= saved.IsTapped?.Invoke(node.Layer) == true;
            outputs[node.Layer.Name] = last;
        }

        return last;
    }

    private bool IsReadAfter(int index, Signal signal, Dictionary<string, Signal> outputs) =>
        Nodes.Skip(index + 1).Any(later => later.From.Any(name => outputs.TryGetValue(name, out Signal? known) && known == signal));
}

/// <summary>A layer of a <see cref="Graph"/> and the names of the layers whose outputs it takes.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="From">Names of earlier layers, or <see cref="Input"/>; empty for the one before it.</param>
public sealed record Node(Layer Layer, EquatableArray<string> From)
{
    /// <summary>Stands for the graph's own input among the names.</summary>
    public const string Input = "";
}

/// <summary>Brings several feature maps together.</summary>
/// <param name="Name">Its name; it has no state.</param>
/// <param name="Merge">How.</param>
public sealed record Join(string Name, Merge Merge) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => Merge == Merge.Add ? "add" : "concatenate";

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input;

    /// <summary>The shape of the sum, or of the maps stacked along their channels.</summary>
    public Shape Output(EquatableArray<Shape> inputs) => Merge == Merge.Add
        ? inputs[0]
        : inputs[0] with { Channels = inputs.Sum(shape => shape.Channels) };

    // Neither a sum nor a stack keeps anything; both make a new tensor.
    internal Signal Run(Signal[] inputs, SavedTally saved) =>
        new(Output(inputs.Select(signal => signal.Shape).ToEquatableArray()), inputs.Max(signal => signal.ElementBytes));
}
