using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>How the layers of a network and those of published weights go together, the last linear layer apart.</summary>
/// <param name="Missing">Entries of the weights that the network has no place for.</param>
/// <param name="Unfilled">Entries of the network that the weights do not have.</param>
/// <param name="Reshaped">Entries that both have, of different shapes: the weights' first.</param>
internal sealed record PretrainedFit(
    IReadOnlyList<StateEntry> Missing, IReadOnlyList<StateEntry> Unfilled, IReadOnlyList<(StateEntry Weights, StateEntry Network)> Reshaped)
{
    /// <summary>Whether every layer but the head finds its weights.</summary>
    public bool IsWhole => Missing.Count == 0 && Unfilled.Count == 0 && Reshaped.Count == 0;

    /// <summary>Compares the entries of both.</summary>
    public static PretrainedFit Of(NetworkArchitecture network, NetworkArchitecture weights)
    {
        Dictionary<string, StateEntry> given = Body(weights), wanted = Body(network);
        return new PretrainedFit(
            [.. given.Values.Where(entry => !wanted.ContainsKey(entry.Key))],
            [.. wanted.Values.Where(entry => !given.ContainsKey(entry.Key))],
            [.. given.Values.Where(entry => wanted.TryGetValue(entry.Key, out StateEntry? own) && own.Shape != entry.Shape)
                .Select(entry => (entry, wanted[entry.Key]))]);
    }

    /// <summary>The path of the last layer where it is linear, as in every classifier; null in a network without a head.</summary>
    public static string? Head(NetworkArchitecture network) =>
        network.Root.Leaves(network.Input, "").LastOrDefault() is { Layer: Linear } head ? head.Path : null;

    /// <summary>
    /// The first convolution that strides where that of the weights does not. Equal shapes do not show it: the weights load, and the
    /// network computes something else. Striding less, as dilated networks do, is nobody's mistake.
    /// </summary>
    public static (string Path, int Network, int Weights)? EarlyStride(NetworkArchitecture network, NetworkArchitecture weights)
    {
        Dictionary<string, int> trained = Strides(weights).ToDictionary(static each => each.Path, static each => each.Stride);
        foreach ((string path, int stride) in Strides(network))
        {
            if (trained.TryGetValue(path, out int other) && stride > other)
                return (path, stride, other);
        }

        return null;
    }

    /// <summary>
    /// What the network computes otherwise than that of the weights although every entry fits: the order in its units, gates and
    /// scales leave no trace in shapes. Input, classes and strides have messages of their own. Null where there is nothing,
    /// and for a network of one's own, whose layers are its own affair.
    /// </summary>
    public static string? OtherMeaning(NetworkArchitecture network, NetworkArchitecture weights)
    {
        HashSet<string> own = Meaning(network), trained = Meaning(weights);
        return own.Any(part => part.StartsWith("layers=", StringComparison.Ordinal))
            ? null
            : own.Except(trained).Concat(trained.Except(own)).FirstOrDefault();
    }

    private static HashSet<string> Meaning(NetworkArchitecture network) => new(
        network.Fingerprint.Split(';').Where(static part =>
            !new[] { "input=", "classes=", "stride=", "outputstride=" }.Any(start => part.StartsWith(start, StringComparison.Ordinal))),
        StringComparer.Ordinal);

    private static IEnumerable<(string Path, int Stride)> Strides(NetworkArchitecture network) =>
        network.Root.Leaves(network.Input, "").Where(static leaf => leaf.Layer is Conv2d).Select(static leaf => (leaf.Path, ((Conv2d)leaf.Layer).Stride));

    private static Dictionary<string, StateEntry> Body(NetworkArchitecture network)
    {
        string? head = Head(network);
        return network.StateDict
            .Where(entry => head is null || !entry.Key.StartsWith(head + ".", StringComparison.Ordinal))
            .ToDictionary(static entry => entry.Key, StringComparer.Ordinal);
    }
}
