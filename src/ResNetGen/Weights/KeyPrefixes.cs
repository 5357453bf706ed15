namespace ResNetGen.Weights;

/// <summary>Names that programs put before every key of a state_dict.</summary>
internal static class KeyPrefixes
{
    /// <summary>Those of DataParallel and of torch.compile.</summary>
    public static IReadOnlyList<string> OfWrappers { get; } = ["module.", "_orig_mod."];

    // Whoever trains inside a module of his own has the network in a field.
    private static readonly string[] s_all = [.. OfWrappers, "model.", "net.", "backbone."];

    /// <summary>What to take off every key of a file so that they can be the network's: nothing where a key of the network begins so, too.</summary>
    /// <param name="keys">The file's keys.</param>
    /// <param name="own">The network's keys.</param>
    public static string Common(IReadOnlyList<string> keys, IEnumerable<string> own)
    {
        string common = "";
        HashSet<string> mine = [.. own];
        while (s_all.FirstOrDefault(each => keys.Count > 0 && keys.All(key => key.AsSpan(common.Length).StartsWith(each, StringComparison.Ordinal))) is { } prefix
            && !mine.Any(key => key.StartsWith(prefix, StringComparison.Ordinal)))
            common += prefix;
        return common;
    }
}
