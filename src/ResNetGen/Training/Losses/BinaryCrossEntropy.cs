using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// A sigmoid and binary cross-entropy for each class, averaged over classes and pictures (Wightman et al. 2021, section 2.1:
/// every class that is in a mixed picture is a target of its own).
/// </summary>
/// <param name="TargetThreshold">
/// A class counts as present, with target 1, where its weight is above this, and else as absent; null takes the weights as they
/// are.
/// </param>
public sealed record BinaryCrossEntropy(double? TargetThreshold = null) : LossFunction
{
    /// <inheritdoc/>
    public override string Description => Parameters;

    /// <inheritdoc/>
    public override string Parameters => "binary cross-entropy, "
        + (TargetThreshold is { } threshold ? string.Create(CultureInfo.InvariantCulture, $"targets 1 above {threshold:R}, else 0") : "targets as weighted");

    /// <inheritdoc/>
    public override Tensor Compute(Tensor logits, Targets targets)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(targets);
        Tensor wanted = targets.Soft(logits.size(1));
        if (TargetThreshold is { } threshold)
        {
            wanted = wanted.gt(threshold).to(ScalarType.Float32);
        }

        return nn.functional.binary_cross_entropy_with_logits(logits, wanted);
    }
}
