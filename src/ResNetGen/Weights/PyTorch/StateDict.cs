namespace ResNetGen.Weights.PyTorch;

/// <summary>Finds a network's state_dict in what a file holds: alone, or in a checkpoint beside an optimizer's state and counters.</summary>
internal static class StateDict
{
    private const int DeepestWrapper = 4;

    private static readonly string[] s_wrappers = ["state_dict", "model_state_dict", "model", "net", "module"];

    // Where timm and torchvision's training scripts keep the running average of the weights.
    private static readonly string[] s_averaged = ["state_dict_ema", "model_ema"];

    /// <summary>Whether there is a running average of the weights beside them.</summary>
    public static bool HasAverage(object? root) => s_averaged.Any(name => (root as PickleDict)?.Dict(name) is not null);

    /// <summary>Its tensors by name, in the order of the file.</summary>
    /// <param name="root">What the pickle holds.</param>
    /// <param name="path">What messages call the file.</param>
    /// <param name="averaged">Whether the running average is wanted, where there is one (<see cref="HasAverage"/>).</param>
    /// <exception cref="PickleException">There are none.</exception>
    public static List<KeyValuePair<string, PickleTensor>> Find(object? root, string path, bool averaged = false)
    {
        PickleDict? dict = root as PickleDict;
        if (averaged)
            dict = s_averaged.Select(name => dict?.Dict(name)).FirstOrDefault(inner => inner is not null);

        // From outside to inside: a checkpoint may hold other tensors beside the network's, such as a random state.
        for (int depth = 0; depth < DeepestWrapper && dict is not null && s_wrappers.Select(dict.Dict).FirstOrDefault(inner => inner is not null) is { } inner; depth++)
            dict = inner;

        List<KeyValuePair<string, PickleTensor>> tensors = [];
        foreach ((string name, object? value) in dict?.Items ?? [])
        {
            // AveragedModel counts its updates beside the weights.
            if (value is PickleTensor tensor && !(averaged && name == "n_averaged"))
                tensors.Add(new(name, tensor));
        }

        if (tensors.Count == 0)
            throw new PickleException(
                $"{path} holds no tensors by name: expected a state_dict, or a dict with one under {string.Join(", ", s_wrappers.Select(name => $"\"{name}\""))}. "
                + "Write one with torch.save(model.state_dict(), \"weights.pth\").");

        foreach (string prefix in KeyPrefixes.OfWrappers)
        {
            if (tensors.All(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal)))
                tensors = [.. tensors.Select(tensor => KeyValuePair.Create(tensor.Key[prefix.Length..], tensor.Value))];
        }

        return tensors;
    }
}
