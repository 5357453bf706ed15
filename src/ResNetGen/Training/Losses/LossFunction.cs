using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>What training makes small, as data on a recipe: <see cref="CrossEntropy"/>, <see cref="BinaryCrossEntropy"/>, or one of your own.</summary>
public abstract record LossFunction
{
    /// <summary>The loss in words, as it is printed and stored with a run.</summary>
    public abstract string Description { get; }

    /// <summary>Its kind and every number that it computes with, none rounded, in the invariant culture.</summary>
    public abstract string Parameters { get; }

    /// <summary>The mean loss of a batch: one number, on the logits' device.</summary>
    /// <param name="logits">[N, classes], fp32.</param>
    /// <param name="targets">What they should say.</param>
    public abstract Tensor Compute(Tensor logits, Targets targets);
}
