namespace ResNetGen.Weights;

/// <summary>Keys of a state_dict for a message: by layer, as many as can be read.</summary>
internal static class LayerList
{
    private const int ShownLayers = 6;

    /// <summary>The layer of a key: everything before its last dot.</summary>
    public static string LayerOf(string key) => key.LastIndexOf('.') is > 0 and var dot ? key[..dot] : "";

    /// <summary>Such as <c>layer1.0.bn1 (weight, bias), fc (bias) and 3 more layers</c>.</summary>
    public static string Of(IEnumerable<string> keys)
    {
        List<IGrouping<string, string>> layers = [.. keys.GroupBy(LayerOf, StringComparer.Ordinal)];
        string shown = string.Join(", ", layers.Take(ShownLayers).Select(One));
        return layers.Count > ShownLayers ? $"{shown} and {layers.Count - ShownLayers} more layers" : shown;
    }

    private static string One(IGrouping<string, string> layer)
    {
        string entries = string.Join(", ", layer.Select(key => Shown.Of(layer.Key.Length == 0 ? key : key[(layer.Key.Length + 1)..])));
        return layer.Key.Length == 0 ? entries : $"{Shown.Of(layer.Key)} ({entries})";
    }
}
