using System.Globalization;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Tells the layers of a tree as they are shown: groups without a name dissolve, equal blocks stand once, sums are lines.</summary>
internal sealed class Outline
{
    private const int ScopeInput = -1;

    private readonly string _path;
    private readonly IEnumerator<Kept> _kept;
    private readonly List<LayerSummary> _layers = [];

    private Outline(string path, IEnumerator<Kept> kept) => (_path, _kept) = (path, kept);

    public static EquatableArray<LayerSummary> Of(NetworkArchitecture network)
    {
        List<SavedBytes> full = [], half = [];
        network.Follow(TrainingPrecision.Float32, full);
        network.Follow(TrainingPrecision.BFloat16, half);
        // Layers are visited here in the order in which they run there.
        using IEnumerator<Kept> kept = full.Zip(half, (one, other) => new Kept(one, other)).GetEnumerator();
        var outline = new Outline("", kept);
        outline.Visit(network.Root, "", new Flow(ScopeInput, network.Input, Architecture.ReceptiveField.Pixel));
        return kept.MoveNext()
            ? throw new InvalidOperationException("Fewer layers are told than ran.")
            : outline._layers.ToEquatableArray();
    }

    /// <summary>A tensor on its way: which line made it, its shape and its receptive field, and what the layer that it left last keeps.</summary>
    private readonly record struct Flow(int Source, Shape Shape, ReceptiveField? Field, Kept Kept = default);

    private Flow Visit(Layer layer, string path, Flow input)
    {
        Kept kept = Next();
        Flow output = layer switch
        {
            Leaf leaf => Add(leaf, path, input, 1, kept),
            Joined joined => Add(joined, path, input, kept),
            Repeat run => Add(run, path, input, kept),
            Blocks blocks => Chain(blocks.Runs, path, input),
            Sequence { Name: "" } group => Chain(group.Layers, path, input),
            Graph { Name: "" } graph => Visit(graph, path, input),
            Residual { IsModule: false } residual => Visit(residual, path, input, kept),
            _ => Enclose(layer, path, 1, input, kept, kept),
        };
        return output with { Kept = kept };
    }

    private Kept Next() => _kept.MoveNext() ? _kept.Current : throw new InvalidOperationException("More layers are told than ran.");

    private Flow Chain(IEnumerable<Layer> layers, string path, Flow input) =>
        layers.Aggregate(input, (flow, layer) => Visit(layer, Layer.Join(path, layer.Name), flow));

    // What a block or a named group holds, its own name left to the line that stands for it.
    private Flow Content(Layer layer, string path, Flow input, Kept kept) => layer switch
    {
        Residual residual => Visit(residual, path, input, kept),
        Instance instance => Visit(instance.Body, Layer.Join(path, instance.Body.Name), input),
        Sequence sequence => Chain(sequence.Layers, path, input),
        Graph graph => Visit(graph, path, input),
        Composite composite => Parts(composite, path, input),
        _ => Visit(layer, path, input),
    };

    // A kind of group that is not known here: one layer after the other, and beside them what is off the main path.
    private Flow Parts(Composite composite, string path, Flow input)
    {
        Flow main = input;
        foreach (Part part in composite.Parts(input.Shape))
        {
            Flow output = Visit(part.Layer, Layer.Join(path, part.Layer.Name), part.OnMainPath ? main : input);
            main = part.OnMainPath ? output : main;
        }

        return main;
    }

    private Flow Visit(Residual residual, string path, Flow input, Kept kept)
    {
        // What its layers do not account for is the sum's own.
        Flow Follow(Layer? layer, Flow from)
        {
            if (layer is null)
                return from;

            Flow output = Visit(layer, Layer.Join(path, layer.Name), from);
            kept -= output.Kept;
            return output;
        }

        // A branch that the user declared is what its residual is named after.
        Flow Dissolve(Instance declared, Flow from)
        {
            Kept all = Next();
            kept -= all;
            return Content(declared, Layer.Join(path, declared.Name), from, all);
        }

        Flow split = Follow(residual.PreActivation, input);
        Flow branch = residual is { IsModule: true, Branch: Instance declared } ? Dissolve(declared, split) : Follow(residual.Branch, split);
        Flow shortcut = residual.Shortcut is { } layers ? Follow(layers, split) : input;
        List<Flow> meeting = [branch, shortcut];
        if (residual.Gate is not null)
            meeting.Add(Follow(residual.Gate, input));

        ReceptiveField? field = branch.Field is { } one && shortcut.Field is { } other ? one.Or(other) : null;
        Flow sum = Add(new LayerSummary
        {
            Name = "(sum)",
            Path = Layer.Join(path, "(sum)"),
            Kind = Sum(residual),
            IsSum = true,
            Input = branch.Shape,
            Output = branch.Shape,
            Cost = default,
            ReceptiveField = field,
        }, meeting);
        Flow output = Follow(residual.After, sum);
        _layers[sum.Source] = _layers[sum.Source] with { Kept = kept };
        return output;
    }

    private Flow Visit(Graph graph, string path, Flow input)
    {
        var outputs = new Dictionary<string, Flow>(StringComparer.Ordinal) { [Node.Input] = input };
        Flow last = input;
        foreach (Node node in graph.Nodes)
        {
            Flow[] inputs = node.From.Count == 0 ? [last] : [.. node.From.Select(name => outputs[name])];
            string place = Layer.Join(path, node.Layer.Name);
            last = node.Layer is Join join ? Add(join, place, inputs) : Visit(node.Layer, place, inputs[0]);
            outputs[node.Layer.Name] = last;
        }

        return last;
    }

    private Flow Add(Join join, string path, Flow[] inputs) => Add(new LayerSummary
    {
        Name = Below(path),
        Path = path,
        Kind = join.Summary,
        IsSum = true,
        Input = inputs[0].Shape,
        Output = join.Output(inputs.Select(flow => flow.Shape).ToEquatableArray()),
        Cost = default,
        ReceptiveField = inputs.Aggregate(inputs[0].Field, (field, flow) => field is { } one && flow.Field is { } other ? one.Or(other) : null),
    }, inputs);

    private Flow Add(Leaf leaf, string path, Flow input, int count, Kept kept) => Add(new LayerSummary
    {
        Name = Below(path),
        Path = path,
        Kind = leaf.Kind,
        Kernel = leaf.KernelText,
        Count = count,
        Input = input.Shape,
        Output = leaf.Output(input.Shape),
        Cost = leaf.Measure(input.Shape) * count,
        ReceptiveField = leaf.Reach is { } reach ? input.Field?.Then(reach.Repeated(count)) : null,
        IsElementwise = leaf.IsElementwise,
        Kept = kept,
    }, [input]);

    private Flow Add(Joined joined, string path, Flow input, Kept kept)
    {
        Leaf[] leaves = [.. joined.Leaves(input.Shape, "").Select(leaf => leaf.Layer)];
        return Add(new LayerSummary
        {
            Name = Below(path),
            Path = path,
            Kind = string.Join(", ", leaves.Select(leaf => leaf.Kind)),
            Kernel = leaves.Select(leaf => leaf.KernelText).FirstOrDefault(kernel => kernel.Length > 0) ?? "",
            Input = input.Shape,
            Output = joined.Output(input.Shape),
            Cost = joined.Measure(input.Shape),
            ReceptiveField = leaves.Aggregate(input.Field, (field, leaf) => leaf.Reach is { } reach ? field?.Then(reach) : null),
            Kept = kept,
        }, [input]);
    }

    private Flow Add(Repeat run, string path, Flow input, Kept kept)
    {
        Kept first = Next();
        string indices = run.Count == 1 ? Text(run.First) : $"{Text(run.First)}–{Text(run.First + run.Count - 1)}";
        string place = Layer.Join(path, Layer.Join(indices, run.Body.Name));
        return run.Body is Leaf leaf
            ? Add(leaf, place, input, run.Count, kept)
            : Enclose(run.Body, place, run.Count, input, kept, first);
    }

    private Flow Enclose(Layer layer, string path, int count, Flow input, Kept kept, Kept first)
    {
        var inside = new Outline(path, _kept);
        Flow output = inside.Content(layer, path, input with { Source = ScopeInput }, first);
        return Add(new LayerSummary
        {
            Name = Below(path),
            Path = path,
            Kind = Words(layer),
            Count = count,
            Input = input.Shape,
            Output = output.Shape,
            Cost = layer.Measure(input.Shape) * count,
            ReceptiveField = input.Field is { } before && output.Field is { } after ? before.Then(before.Until(after).Repeated(count)) : null,
            Kept = kept,
            Layers = inside._layers.ToEquatableArray(),
        }, [input]);
    }

    private Flow Add(LayerSummary line, IEnumerable<Flow> inputs)
    {
        EquatableArray<int> sources = inputs.Select(flow => flow.Source).ToEquatableArray();
        _layers.Add(line with
        {
            Sources = sources,
            Inputs = sources.Select(source => source == ScopeInput ? "input" : _layers[source].Name).ToEquatableArray(),
        });
        return new Flow(_layers.Count - 1, line.Output, line.ReceptiveField);
    }

    private string Below(string path) => _path.Length > 0 && path.StartsWith(_path + ".", StringComparison.Ordinal) ? path.Substring(_path.Length + 1) : path;

    private static string Words(Layer layer) => layer switch
    {
        Instance { ClassName: "BottleneckBlock" } => "bottleneck",
        Instance { ClassName: "BasicBlock" } => "basic block",
        Instance instance => instance.ClassName,
        Residual { IsModule: true, Branch: Instance branch } => $"residual {branch.ClassName}",
        Residual => "residual",
        Graph => "graph",
        _ => "sequence",
    };

    private static string Sum(Residual residual) => (residual.Gate, residual.GatesBranch) switch
    {
        (null, _) when residual.BranchScale == 1 && residual.ShortcutScale == 1 => "add",
        (null, _) => FormattableString.Invariant($"{residual.BranchScale} × branch + {residual.ShortcutScale} × shortcut"),
        (_, true) => "add, both gated",
        _ => "add, shortcut gated",
    };

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);
}
