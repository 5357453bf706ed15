using System.Globalization;
using static TorchSharp.torch;

namespace ResNetGen.Weights;

/// <summary>Holds the entries of a file against a network's, before anything is copied.</summary>
internal sealed class WeightComparison
{
    private const int ShownEntries = 4;

    /// <summary>Compares.</summary>
    /// <param name="entries">The file's entries by the keys that they would have in the network.</param>
    /// <param name="state">The network's tensors.</param>
    /// <param name="fresh">Keys of the network that are not to be filled.</param>
    public WeightComparison(IReadOnlyDictionary<string, WeightEntry> entries, IReadOnlyDictionary<string, Tensor> state, IReadOnlySet<string> fresh)
    {
        foreach ((string key, WeightEntry entry) in entries)
        {
            if (fresh.Contains(key))
                continue;
            if (!state.TryGetValue(key, out Tensor? target))
                Unexpected.Add((key, entry));
            else if (entry.Shape.SequenceEqual(target.shape) && IsFloating(entry.Dtype) == IsFloating(target.dtype))
                Pairs.Add((key, entry, target));
            else
                Mismatched.Add(new(key, Describe(entry), $"{TorchTypes.Of(target.dtype)} {Sizes(target.shape)}"));
        }

        Missing.AddRange(state.Keys.Where(key => !entries.ContainsKey(key) && !fresh.Contains(key) && !IsCounter(key)));
    }

    /// <summary>What fits: key, entry of the file, and the tensor that it goes to.</summary>
    public List<(string Key, WeightEntry Entry, Tensor Target)> Pairs { get; } = [];

    /// <summary>Keys of the network that the file does not have.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>What the network has no place for.</summary>
    public List<(string Key, WeightEntry Entry)> Unexpected { get; } = [];

    /// <summary>What both have, but not alike.</summary>
    public List<MismatchedEntry> Mismatched { get; } = [];

    /// <summary>Whether every entry of both has its counterpart.</summary>
    public bool IsWhole => Missing.Count == 0 && Unexpected.Count == 0 && Mismatched.Count == 0;

    /// <summary>What does not fit, by layer.</summary>
    public string Differences => string.Join("; ",
    [
        .. Part("not in the file", Missing), .. Part("not in the network", [.. Unexpected.Select(each => each.Key)]),
        .. Mismatched.Count == 0 ? Array.Empty<string>() :
        [
            string.Create(CultureInfo.InvariantCulture, $"{Mismatched.Count} of another shape or element type: ")
            + string.Join(", ", Mismatched.Take(ShownEntries)) + (Mismatched.Count > ShownEntries ? ", …" : ""),
        ],
    ]);

    /// <summary>
    /// Layers that the file seems to call otherwise: of the same entries and shapes as one that is missing, and the only ones of
    /// their kind. The file's name, then the network's.
    /// </summary>
    public List<(string File, string Network)> Renamed(IReadOnlyDictionary<string, Tensor> state)
    {
        ILookup<string, string> theirs = Kinds(Unexpected.Select(each => (each.Key, (IReadOnlyList<long>)each.Entry.Shape)));
        ILookup<string, string> ours = Kinds(Missing.Select(key => (key, (IReadOnlyList<long>)state[key].shape)));
        return
        [
            .. theirs.Where(kind => kind.Count() == 1 && ours[kind.Key].Count() == 1).Select(kind => (kind.Single(), ours[kind.Key].Single())),
        ];
    }

    private static ILookup<string, string> Kinds(IEnumerable<(string Key, IReadOnlyList<long> Shape)> entries) => entries
        .Where(each => !IsCounter(each.Key))
        .GroupBy(each => LayerList.LayerOf(each.Key), StringComparer.Ordinal)
        .Where(layer => layer.Key.Length > 0)
        .ToLookup(
            layer => string.Join(' ', layer.Select(each => $"{each.Key[layer.Key.Length..]}{Sizes(each.Shape)}").Order(StringComparer.Ordinal)),
            layer => layer.Key, StringComparer.Ordinal);

    private static IEnumerable<string> Part(string what, List<string> keys) =>
        keys.Count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{keys.Count} {what}: ") + LayerList.Of(keys)];

    private static bool IsCounter(string key) => key.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static string Describe(WeightEntry entry) => $"{entry.Dtype} {Sizes(entry.Shape)}";

    private static string Sizes(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    private static bool IsFloating(ScalarType dtype) => dtype is ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16;

    private static bool IsFloating(SafetensorsDtype dtype) =>
        dtype is SafetensorsDtype.F16 or SafetensorsDtype.BF16 or SafetensorsDtype.F32 or SafetensorsDtype.F64;
}
