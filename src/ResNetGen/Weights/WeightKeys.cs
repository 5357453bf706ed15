namespace ResNetGen.Weights;

/// <summary>Turns the names of a file into the keys of a network.</summary>
internal sealed class WeightKeys(string path, IReadOnlyDictionary<string, string> rename)
{
    /// <summary>The entries by the keys that they have in the network.</summary>
    /// <param name="entries">The file's entries.</param>
    /// <param name="own">The network's keys.</param>
    /// <param name="stripPrefixes">Whether every name may begin with one of those that other programs put before them.</param>
    /// <exception cref="BadInputException">Two entries have one key, or a layer that is to be renamed is not there.</exception>
    public Dictionary<string, WeightEntry> Of(IReadOnlyList<WeightEntry> entries, IEnumerable<string> own, bool stripPrefixes)
    {
        string prefix = stripPrefixes ? KeyPrefixes.Common([.. entries.Select(entry => entry.Name)], own) : "";
        HashSet<string> unused = [.. rename.Keys];
        Dictionary<string, WeightEntry> keys = new(StringComparer.Ordinal);
        foreach (WeightEntry entry in entries)
        {
            string key = entry.Name[prefix.Length..];
            // The longest, where one layer to be renamed is inside another.
            if (rename.Keys.Where(layer => IsIn(key, layer)).MaxBy(layer => layer.Length) is { } layer)
            {
                unused.Remove(layer);
                key = rename[layer] + key[layer.Length..];
            }

            if (!keys.TryAdd(key, entry))
                throw new BadInputException($"{path}: \"{Shown.Of(entry.Name)}\" and \"{Shown.Of(keys[key].Name)}\" would both be \"{Shown.Of(key)}\". Rename layers to names that the file does not have.");
        }

        return unused.Count == 0
            ? keys
            : throw new BadInputException($"{path} has no layer {string.Join(", ", unused)}, which LoadOptions.Rename names. Its layers: {LayerList.Of(keys.Keys)}.");
    }

    private static bool IsIn(string key, string layer) => key.StartsWith(layer, StringComparison.Ordinal) && (key.Length == layer.Length || key[layer.Length] == '.');
}
