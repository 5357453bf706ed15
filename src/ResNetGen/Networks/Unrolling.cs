using System.Globalization;
using ResNetGen.Architecture.Layers;

namespace ResNetGen;

/// <summary>
/// Layers made of layers, unrolled: in which order the leaves run, under which paths, and what reaches each. Every form that a
/// network is written in (an ONNX graph, a plan of operations) has its own kind of value and adds its own leaves.
/// </summary>
internal static class Unrolling
{
    /// <summary>Adds a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="path">Where it stands: the names from the root down to itself, joined by dots.</param>
    /// <param name="input">What it takes.</param>
    /// <typeparam name="TValue">What stands for a tensor.</typeparam>
    /// <returns>What it gives.</returns>
    public delegate TValue Add<TValue>(Layer layer, string path, TValue input);

    /// <summary>Adds a layer that takes several tensors.</summary>
    /// <inheritdoc cref="Add{TValue}"/>
    public delegate TValue AddJoin<TValue>(Join layer, string path, TValue[] inputs);

    /// <summary>One after the other.</summary>
    public static TValue Chain<TValue>(IEnumerable<Layer> layers, string path, TValue input, Add<TValue> add) =>
        layers.Aggregate(input, (value, layer) => add(layer, Layer.Join(path, layer.Name), value));

    /// <summary>Every copy of a repeated block.</summary>
    public static TValue Copies<TValue>(Repeat run, string path, TValue input, Add<TValue> add)
    {
        for (int index = run.First; index < run.First + run.Count; index++)
        {
            string copy = Layer.Join(index.ToString(CultureInfo.InvariantCulture), run.Body.Name);
            input = add(run.Body, Layer.Join(path, copy), input);
        }

        return input;
    }

    /// <summary>Paths that part and meet.</summary>
    public static TValue Nodes<TValue>(Graph paths, string path, TValue input, Add<TValue> add, AddJoin<TValue> join)
    {
        var outputs = new Dictionary<string, TValue>(StringComparer.Ordinal) { [Node.Input] = input };
        TValue last = input;
        foreach (Node node in paths.Nodes)
        {
            TValue[] inputs = node.From.Count == 0 ? [last] : [.. node.From.Select(name => outputs[name])];
            string place = Layer.Join(path, node.Layer.Name);
            last = node.Layer is Join several ? join(several, place, inputs) : add(node.Layer, place, inputs[0]);
            outputs[node.Layer.Name] = last;
        }

        return last;
    }
}
