using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>What a step consists of.</summary>
/// <param name="Network">The network.</param>
/// <param name="Optimizer">Changes its parameters.</param>
/// <param name="Average">Follows them, or null.</param>
/// <param name="Plan">Where and how it computes.</param>
/// <param name="Recipe">Loss, mixing, parts.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Seed">The run's seed.</param>
internal sealed record StepParts(
    nn.Module<Tensor, Tensor> Network, ParameterOptimizer Optimizer, MovingAverage? Average, ComputePlan Plan, Recipe Recipe, long Classes, long Seed)
{
    /// <summary>How a batch is mixed.</summary>
    public MixDraw Mix(Tensor images, long iteration) => Recipe.Mixing is { } mixing
        ? MixDraw.Of(mixing, Seed, iteration, (int)images.size(2), (int)images.size(3))
        : MixDraw.None;
}
