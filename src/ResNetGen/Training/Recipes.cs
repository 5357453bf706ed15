using ResNetGen.Training;

namespace ResNetGen;

/// <summary>
/// The recipes that come with ResNetGen. Each computes a batch on one device, over which BatchNorm takes its statistics; where a paper
/// spread a batch over several GPUs, <see cref="Recipe.GhostBatch"/> gives the statistics of one of them.
/// </summary>
public static partial class Recipes
{
    /// <summary>
    /// The paper's CIFAR-10 training (He et al. 2015, section 4.2): 64,000 iterations of 128 pictures, rate 0.1,
    /// a tenth of it at 32,000 and 48,000, momentum 0.9, weight decay 1e-4 on weights, per-pixel mean, pad 4, random
    /// crop and flip. Networks of 110 layers and more warm up at 0.01. The paper used two GPUs: ghost batches of 64.
    /// </summary>
    public static Recipe He2015Cifar { get; } = new()
    {
        Name = "he2015",
        Source = "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition (2015), section 4.2",
        Length = TrainingLength.Iterations(64_000),
        Schedule = new StepDecay(0.1, 0.1, 32_000, 48_000),
        WarmUp = new WarmUpUntilError(0.01, TrainError: 0.8) { FromWeightedLayers = 110 },
        RateBatchSize = 128,
    };

    /// <summary>
    /// The second paper's CIFAR training (He et al. 2016, appendix): that of 2015, and every network warms up for 400 iterations
    /// at 0.01. The paper used two GPUs: ghost batches of 64.
    /// </summary>
    public static Recipe He2016Cifar { get; } = He2015Cifar with
    {
        Name = "he2016",
        Source = "He, Zhang, Ren, Sun: Identity Mappings in Deep Residual Networks (2016), appendix",
        WarmUp = new WarmUpFor(0.01, 400),
    };

    /// <summary>A few epochs along one cycle of the learning rate: a network that is of use after minutes, not hours.</summary>
    public static Recipe Quick { get; } = new()
    {
        Name = "quick",
        Source = "one-cycle SGD after Smith: Super-Convergence (2018); not the papers' schedule",
        Length = TrainingLength.Epochs(4),
        Schedule = new OneCycle(Peak: 0.4),
        RateBatchSize = 128,
        WeightDecay = 5e-4,
        Optimizer = new Sgd(Nesterov: true),
    };

    /// <summary>Those for CIFAR's and other small pictures.</summary>
    public static IReadOnlyList<Recipe> ForCifar { get; } = [Quick, He2015Cifar, He2016Cifar];

    /// <summary>Those for ImageNet's and other pictures of any size.</summary>
    public static IReadOnlyList<Recipe> ForImageNet => [He2015ImageNet, FbImageNet90, TorchVisionV1, StrikesBackA3];

    /// <summary>All recipes.</summary>
    public static IReadOnlyList<Recipe> All => [.. ForCifar, .. ForImageNet];

    /// <summary>The recipe called <paramref name="name"/> (whatever its case), or null.</summary>
    /// <param name="name">For example "quick".</param>
    public static Recipe? Find(string name) =>
        All.FirstOrDefault(recipe => string.Equals(recipe.Name, name, StringComparison.OrdinalIgnoreCase));
}
