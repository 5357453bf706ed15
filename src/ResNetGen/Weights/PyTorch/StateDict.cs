namespace ResNetGen.Weights.PyTorch;

/// <summary>Finds a network's state_dict in what a file holds: alone, or in a checkpoint beside an optimizer's state and counters.</summary>
internal static class StateDict
{
    private const int DeepestWrapper = 4;

    private static readonly string[] s_wrappers = ["state_dict", "model_state_dict", "model", "net", "module"];

    // DataParallel and torch.compile put a name of their own before every key.
    private static readonly string[] s_prefixes = ["module.", "_orig_mod."];

    /// <summary>Its tensors by name, in the order of the file.</summary>
    /// <exception cref="PickleException">There are none.</exception>
    public static List<KeyValuePair<string, PickleTensor>> Find(object? root, string path)
    {
        PickleDict? dict = root as PickleDict;

        // From outside to inside: a checkpoint may hold other tensors beside the network's, such as a random state.
        for (int depth = 0; depth < DeepestWrapper && dict is not null && s_wrappers.Select(dict.Dict).FirstOrDefault(inner => inner is not null) is { } inner; depth++)
            dict = inner;

        List<KeyValuePair<string, PickleTensor>> tensors = [];
        foreach ((string name, object? value) in dict?.Items ?? [])
        {
            if (value is PickleTensor tensor)
                tensors.Add(new(name, tensor));
        }

        if (tensors.Count == 0)
            throw new PickleException(
                $"{path} holds no tensors by name: expected a state_dict, or a dict with one under {string.Join(", ", s_wrappers.Select(name => $"\"{name}\""))}. "
                + "Write one with torch.save(model.state_dict(), \"weights.pth\").");

        foreach (string prefix in s_prefixes)
        {
            if (tensors.All(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal)))
                tensors = [.. tensors.Select(tensor => KeyValuePair.Create(tensor.Key[prefix.Length..], tensor.Value))];
        }

        return tensors;
    }
}
