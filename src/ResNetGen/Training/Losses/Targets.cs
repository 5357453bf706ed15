using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>What a batch of pictures should be recognised as.</summary>
/// <param name="Labels">[N], Int64.</param>
/// <param name="Smoothing">How much of the target's weight is spread over all classes, in [0, 1).</param>
public sealed record Targets(Tensor Labels, double Smoothing = 0)
{
    /// <summary>The labels of the pictures that were mixed in, [N], Int64; null where none were.</summary>
    public Tensor? Others { get; init; }

    /// <summary>The weight of <see cref="Labels"/>; the others have the rest.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>What <see cref="Soft"/> gives where it was computed before: weights in a tensor that a recorded step reads.</summary>
    internal Tensor? Prepared { get; init; }

    /// <summary>The label with more weight: what a mixed picture counts as in the training error.</summary>
    public Tensor Main => Others is null || Weight >= 0.5 ? Labels : Others;

    /// <summary>As weights, [N, classes] in fp32, each row of sum 1: one-hot, mixed, then smoothed.</summary>
    /// <param name="classes">The number of classes.</param>
    public Tensor Soft(long classes)
    {
        if (Prepared is not null)
        {
            return Prepared;
        }

        Tensor soft = OneHot(Labels, classes);
        if (Others is not null)
        {
            soft = soft.mul_(Weight).add_(OneHot(Others, classes), alpha: 1 - Weight);
        }

        return Smoothing > 0 ? soft.mul_(1 - Smoothing).add_(Smoothing / classes) : soft;
    }

    private static Tensor OneHot(Tensor labels, long classes) => nn.functional.one_hot(labels, classes).to(ScalarType.Float32);
}
