using System.Globalization;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>What one layer contributes to a count; equal layers of repeated blocks stand together, as <c>layer3.1–22.conv2</c>.</summary>
/// <param name="Path">The names from the root down to it, joined by dots.</param>
/// <param name="Amount">Its part of the count, all repetitions included.</param>
/// <param name="Share">The same as a fraction of the whole.</param>
internal sealed record LayerShare(string Path, long Amount, double Share)
{
    /// <summary>The layers with the largest parts, largest first.</summary>
    public static IReadOnlyList<LayerShare> Largest(NetworkArchitecture network, Func<Cost, long> count, int number)
    {
        double whole = count(network.Cost);
        return
        [
            .. Leaves(network.Root, network.Input, "", 1)
                .Select(leaf => (leaf.Path, Amount: count(leaf.Layer.Measure(leaf.Input)) * leaf.Times))
                .Where(static leaf => leaf.Amount > 0)
                .OrderByDescending(static leaf => leaf.Amount)
                .Take(number)
                .Select(leaf => new LayerShare(leaf.Path, leaf.Amount, leaf.Amount / whole)),
        ];
    }

    /// <summary>"layer4.1–2.conv2 (4,718,592, 7.8 %)".</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} ({1:N0}, {2:N1} %)", Path, Amount, 100 * Share);

    private static IEnumerable<(string Path, Layer Layer, Shape Input, long Times)> Leaves(Layer layer, Shape input, string path, long times)
    {
        switch (layer)
        {
            case Repeat run:
                string index = run.Count == 1 ? Text(run.First) : $"{Text(run.First)}–{Text(run.First + run.Count - 1)}";
                return Leaves(run.Body, input, Layer.Join(path, Layer.Join(index, run.Body.Name)), times * run.Count);
            case Composite composite:
                return composite.Parts(input).SelectMany(part => Leaves(part.Layer, part.Input, Layer.Join(path, part.Layer.Name), times));
            default:
                return [(path, layer, input, times)];
        }
    }

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);
}
