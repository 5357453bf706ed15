using static TorchSharp.torch;

namespace ResNetGen.Checkpoints;

/// <summary>A state's tensors by their kinds, sorted by the names that they have in a checkpoint, such as <c>model.conv1.weight</c>.</summary>
internal sealed class GroupedTensors
{
    private readonly Dictionary<string, Dictionary<string, Tensor>> _groups = CheckpointGroup.All.ToDictionary(
        static group => group.Prefix, static _ => new Dictionary<string, Tensor>(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Whether a name is one of a checkpoint's.</summary>
    public static bool Knows(string name) => CheckpointGroup.All.Any(group => group.Prefix == PrefixOf(name));

    /// <summary>Sorts a tensor in, by a name that is known.</summary>
    public void Add(string name, Tensor tensor)
    {
        string prefix = PrefixOf(name);
        _groups[prefix].Add(name[prefix.Length..], tensor);
    }

    /// <summary>Those of a kind, by the rest of their names.</summary>
    public IReadOnlyDictionary<string, Tensor> Of(CheckpointGroup group) => _groups[group.Prefix];

    private static string PrefixOf(string name) => name[..(name.IndexOf('.', StringComparison.Ordinal) + 1)];
}
