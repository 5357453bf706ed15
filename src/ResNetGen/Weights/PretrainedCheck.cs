using static TorchSharp.torch;

namespace ResNetGen.Weights;

/// <summary>Holds the entries of a file against a network's, before anything is copied.</summary>
internal sealed class PretrainedCheck
{
    private const int Named = 5;

    private readonly List<string> missing = [], unexpected = [], reshaped = [], retyped = [];

    /// <summary>Compares.</summary>
    /// <param name="file">The file.</param>
    /// <param name="state">The network's tensors.</param>
    /// <param name="fresh">Keys of the network that are not to be filled.</param>
    /// <param name="ignored">Entries of the file that are not to be read.</param>
    public PretrainedCheck(IWeightFile file, IReadOnlyDictionary<string, Tensor> state, IReadOnlySet<string> fresh, IReadOnlySet<string> ignored)
    {
        HashSet<string> found = [];
        foreach (WeightEntry entry in file.Entries)
        {
            if (ignored.Contains(entry.Name))
                continue;
            if (!state.TryGetValue(entry.Name, out Tensor? target))
            {
                unexpected.Add(entry.Name);
                continue;
            }
            found.Add(entry.Name);
            if (!entry.Shape.SequenceEqual(target.shape))
                reshaped.Add($"{entry.Name} is [{string.Join(", ", entry.Shape)}] in the file and [{string.Join(", ", target.shape)}] in the network");
            else if (IsFloating(entry.Dtype) != (target.dtype is ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16))
                retyped.Add($"{entry.Name} ({entry.Dtype})");
            else
                Pairs.Add((entry, target));
        }
        missing.AddRange(state.Keys.Where(key => !found.Contains(key) && !fresh.Contains(key) && !IsCounter(key)));
    }

    /// <summary>Entries of the file and the tensors they go to.</summary>
    public List<(WeightEntry Entry, Tensor Target)> Pairs { get; } = [];

    /// <summary>What does not fit, by entry; null where all does.</summary>
    public string? Complaint
    {
        get
        {
            string[] parts =
            [
                .. Part("not in the file", missing), .. Part("not in the network", unexpected), .. Part("of another shape", reshaped),
                .. Part("of another element type", retyped),
            ];
            return parts.Length == 0
                ? null
                : $"{string.Join("; ", parts)}. Nothing was copied. Give the file of the weights that [Pretrained] names, or name those of the file.";
        }
    }

    private static IEnumerable<string> Part(string what, List<string> entries) => entries.Count == 0
        ? []
        : [$"{entries.Count} {what}: {string.Join(", ", entries.Take(Named))}{(entries.Count > Named ? ", …" : "")}"];

    private static bool IsCounter(string key) => key.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static bool IsFloating(SafetensorsDtype dtype) =>
        dtype is SafetensorsDtype.F16 or SafetensorsDtype.BF16 or SafetensorsDtype.F32 or SafetensorsDtype.F64;
}
