using ResNetGen.Data;

namespace ResNetGen.Weights;

/// <summary>How <see cref="NetworkWeights.LoadWeights{TNetwork}"/> holds a file against a network.</summary>
public sealed record LoadOptions
{
    /// <summary>
    /// Whether every entry of the file and of the network must have its counterpart, of the same shape; batch counters
    /// (<c>num_batches_tracked</c>), which old files lack, may be missing all the same. Default true. With false whatever fits is
    /// copied, the rest stays as it was and is listed; a file of which nothing fits is refused.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>
    /// Whether the last linear layer keeps the weights that it has, for other classes than the file's. Null, the default, takes what
    /// the network's <c>[Pretrained]</c> says, and false where it carries none.
    /// </summary>
    public bool? ReplaceHead { get; init; }

    /// <summary>Layers that the file calls otherwise: its name, then the network's, such as <c>["linear"] = "fc"</c>. Default none.</summary>
    public IReadOnlyDictionary<string, string> Rename { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Differences in meaning to load over: the names that the refusal gave, such as <c>"stride"</c>, where equal keys and shapes
    /// belong to a network that computes something else. Default none.
    /// </summary>
    public IReadOnlyCollection<string> Allow { get; init; } = [];

    /// <summary>
    /// Which weights of a checkpoint that keeps a running average of them beside the last ones: true the average, false the last
    /// ones, null (the default) the average where there is one. Which of them a run's test error is of, its checkpoint says.
    /// </summary>
    public bool? Averaged { get; init; }

    /// <summary>
    /// How pictures are normalised before they go into the network; null, the default, says nothing. A file that records another
    /// normalisation is then refused, unless <see cref="Allow"/> names <c>"normalization"</c>.
    /// </summary>
    public Normalization? Normalization { get; init; }
}
