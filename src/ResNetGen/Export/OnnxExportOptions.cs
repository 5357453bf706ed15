using ResNetGen.Data;

namespace ResNetGen.Export;

/// <summary>How a network is exported, and what the file says beside layers and weights.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>
    /// Whether batch normalisations become part of the convolutions before them, where nothing else reads those: fewer operations
    /// and other weights, whose results agree but for rounding. Runtimes do the same when they load a file.
    /// </summary>
    public bool FoldBatchNorm { get; init; }

    /// <summary>How pictures are normalised before they go into the network; null where that is not known.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>Names of the classes, in the order of the outputs; null where they are not known.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }
}
