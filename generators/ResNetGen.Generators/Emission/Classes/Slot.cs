using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>
/// One place in a class, with the layer that stands there in each instance of the class: instances differ in numbers,
/// which become constructor parameters, and in parts that some of them lack, which become optional.
/// </summary>
internal sealed class Slot
{
    private Slot(Layer?[] layers, Shape[] inputs)
    {
        Layers = layers;
        Inputs = inputs;
        Sample = layers.First(layer => layer is not null)!;
        if (layers.Any(layer => layer is not null && layer.GetType() != Sample.GetType()))
            throw new InvalidOperationException($"The instances of a class differ in kind where one has '{Sample.Name}'.");
    }

    /// <summary>The layer of each instance; null where the instance has none.</summary>
    public Layer?[] Layers { get; }

    /// <summary>The shape that reaches it in each instance.</summary>
    public Shape[] Inputs { get; }

    /// <summary>The layer of the first instance that has it: what holds for all can be read from it.</summary>
    public Layer Sample { get; }

    /// <summary>What its elements are, where it is a sequence; its nodes, where it is a graph.</summary>
    public IReadOnlyList<Slot> Elements { get; private set; } = [];

    /// <summary>The parts of a residual; null for anything else.</summary>
    public ResidualSlots? Residual { get; private set; }

    /// <summary>Whether some instances lack it.</summary>
    public bool IsOptional => Layers.Any(layer => layer is null);

    /// <summary>Which instances have it.</summary>
    public bool[] Presence => [.. Layers.Select(layer => layer is not null)];

    /// <summary>A number of the layer in each instance that has it.</summary>
    public Column Of<T>(Func<T, double> number)
        where T : Layer => new(Layers.Select(layer => layer is T known ? number(known) : (double?)null));

    /// <summary>A number of the shape that reaches it, in each instance that has it.</summary>
    public Column OfInput(Func<Shape, double> number) =>
        new(Layers.Select((layer, i) => layer is null ? (double?)null : number(Inputs[i])));

    /// <summary>Lays the same place of all instances side by side; null where none has it.</summary>
    public static Slot? Lay(Layer?[] layers, Shape[] inputs)
    {
        if (layers.All(layer => layer is null))
            return null;

        var slot = new Slot(layers, inputs);
        switch (slot.Sample)
        {
            case Sequence:
                slot.Elements = LaySequence([.. layers.Select(layer => (layer as Sequence)?.Layers)], inputs);
                break;
            case Joined:
                slot.Elements = LaySequence([.. layers.Select(layer => (layer as Joined)?.Layers)], inputs);
                break;
            case Blocks:
                slot.Elements = [Lay([.. layers.Select(layer => (layer as Blocks)?.Runs[0].Body)], inputs)!];
                break;
            case Graph:
                slot.Elements = LayGraph(layers, inputs);
                break;
            case Architecture.Layers.Residual:
                slot.Residual = ResidualSlots.Lay([.. layers.Select(layer => (Residual?)layer)], inputs);
                break;
        }

        return slot;
    }

    // The longest instance has everything; the others have it in the same order, with gaps.
    private static List<Slot> LaySequence(EquatableArray<Layer>?[] lists, Shape[] inputs)
    {
        EquatableArray<Layer> longest = lists.OrderByDescending(list => list?.Count ?? 0).First()!.Value;
        int[] at = new int[lists.Length];
        Shape[] shapes = [.. inputs];
        List<Slot> elements = [];
        foreach (Layer model in longest)
        {
            Layer?[] layers = new Layer?[lists.Length];
            Shape[] reaching = [.. shapes];
            for (int i = 0; i < lists.Length; i++)
            {
                if (lists[i] is not { } list || at[i] >= list.Count || !IsAlike(list[at[i]], model))
                    continue;

                layers[i] = list[at[i]++];
                shapes[i] = layers[i]!.Output(shapes[i]);
            }

            elements.Add(Lay(layers, reaching)!);
        }

        return lists.Where((list, i) => list is { } known && at[i] != known.Count).Any()
            ? throw new InvalidOperationException("The instances of a class have their layers in different orders.")
            : elements;
    }

    private static List<Slot> LayGraph(Layer?[] layers, Shape[] inputs)
    {
        var steps = layers.Select((layer, i) => layer is Graph graph ? graph.Follow(inputs[i]).ToArray() : null).ToArray();
        int count = steps.First(each => each is not null)!.Length;
        return [.. Enumerable.Range(0, count).Select(node => Lay(
            [.. steps.Select(each => each?[node].Node.Layer)],
            [.. steps.Select((each, i) => each?[node].Inputs[0] ?? inputs[i])])!)];
    }

    private static bool IsAlike(Layer one, Layer other) => one.GetType() == other.GetType() && one.Name == other.Name;
}

/// <summary>The parts of a residual, each laid side by side over the instances; null where no instance has it.</summary>
/// <param name="Before">The pre-activation.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Shortcut">The layers of the shortcut.</param>
/// <param name="Gate">The gate's convolution.</param>
/// <param name="After">What follows the addition.</param>
internal sealed record ResidualSlots(Slot? Before, Slot Branch, Slot? Shortcut, Slot? Gate, Slot? After)
{
    public static ResidualSlots Lay(Residual?[] residuals, Shape[] inputs)
    {
        Shape[] split = [.. residuals.Select((each, i) => each?.PreActivation?.Output(inputs[i]) ?? inputs[i])];
        return new ResidualSlots(
            Slot.Lay([.. residuals.Select(each => each?.PreActivation)], inputs),
            Slot.Lay([.. residuals.Select(each => each?.Branch)], split)!,
            Slot.Lay([.. residuals.Select(each => each?.Shortcut)], split),
            Slot.Lay([.. residuals.Select(each => each?.Gate)], inputs),
            Slot.Lay([.. residuals.Select(each => each?.After)], [.. residuals.Select((each, i) => each?.Branch.Output(split[i]) ?? split[i])]));
    }
}
