using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>Softmax and cross-entropy: one class a picture, or weights that sum to 1 where pictures are mixed.</summary>
public sealed record CrossEntropy : LossFunction
{
    /// <inheritdoc/>
    public override string Description => "cross-entropy";

    /// <inheritdoc/>
    public override string Parameters => "cross-entropy";

    /// <inheritdoc/>
    public override Tensor Compute(Tensor logits, Targets targets)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(targets);
        return targets is { Others: null, Prepared: null }
            ? nn.functional.cross_entropy(logits, targets.Labels, label_smoothing: targets.Smoothing)
            : nn.functional.cross_entropy(logits, targets.Soft(logits.size(1)));
    }
}
