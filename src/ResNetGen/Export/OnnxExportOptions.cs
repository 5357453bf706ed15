namespace ResNetGen.Export;

/// <summary>How a network is exported.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>
    /// Whether batch normalisations become part of the convolutions before them, where nothing else reads those: fewer operations
    /// and other weights, whose results agree but for rounding. Runtimes do the same when they load a file.
    /// </summary>
    public bool FoldBatchNorm { get; init; }
}
