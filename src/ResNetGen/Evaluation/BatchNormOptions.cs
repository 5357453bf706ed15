using ResNetGen.Data;

namespace ResNetGen.Evaluation;

/// <summary>Which batches the statistics of batch normalisation are averaged over.</summary>
public sealed record BatchNormOptions
{
    /// <summary>
    /// Pictures a batch: that of the training, or its share of one device (He et al.: 32 on ImageNet, 64 on CIFAR), since the variance
    /// of a batch depends on its size.
    /// </summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Number of batches, drawn without putting back; null for one whole epoch.</summary>
    public int? Batches { get; init; }

    /// <summary>
    /// What is done to the pictures; null shows them as an evaluation does, which is what the statistics are for. With the training's
    /// augmentation they are those that the weights have seen.
    /// </summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>Seed of the pictures' order and of the augmentation.</summary>
    public long Seed { get; init; }
}
