using System.Globalization;
using ResNetGen.Data;
using ResNetGen.Evaluation;
using ResNetGen.Training;

namespace ResNetGen;

/// <summary>
/// How a network is trained, as data. A recipe is printed when a run starts and stored beside its results, so that a
/// number can always be traced to what made it. Change one with a <c>with</c> expression.
/// </summary>
public sealed record Recipe
{
    /// <summary>The recipe's name, as given on a command line.</summary>
    public required string Name { get; init; }

    /// <summary>Where its numbers come from.</summary>
    public required string Source { get; init; }

    /// <summary>How long it trains.</summary>
    public required TrainingLength Length { get; init; }

    /// <summary>The learning rate.</summary>
    public required LearningRateSchedule Schedule { get; init; }

    /// <summary>A small rate at the start, or null.</summary>
    public WarmUp? WarmUp { get; init; }

    /// <summary>Pictures in one step.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>
    /// The batch size that the learning rate was chosen for, over all GPUs together; null claims none. Where it is not
    /// <see cref="BatchSize"/>, a run says so at its start. See <see cref="ForBatch"/>.
    /// </summary>
    public int? RateBatchSize { get; init; }

    /// <summary>
    /// Ghost batches (Hoffer et al. 2017): BatchNorm computes its statistics over so many pictures at a time, as each of several
    /// GPUs does with its part of a batch; null takes the whole batch. The network sees one ghost batch after the other, their
    /// gradients are averaged, and the running statistics take in each in turn. The papers had 64 (CIFAR, two GPUs) and 32
    /// (ImageNet, eight).
    /// </summary>
    public int? GhostBatch { get; init; }

    /// <summary>
    /// Gradient accumulation: at most so many pictures go through the network at once, and the gradients of a batch add up to
    /// its mean before the step; null takes the whole batch. For a network without BatchNorm or dropout the step is the same;
    /// BatchNorm sees micro-batches as it would see ghost batches, so that only one of the two can be set.
    /// </summary>
    public int? MicroBatch { get; init; }

    /// <summary>What makes a step from the gradients.</summary>
    public OptimizerSettings Optimizer { get; init; } = new Sgd();

    /// <summary>The weight decay: decay · weight is added to the gradient (SGD) or to the step (LAMB).</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Which parameters decay.</summary>
    public WeightDecayTarget WeightDecayOn { get; init; } = WeightDecayTarget.ConvolutionAndLinearWeights;

    /// <summary>The greatest norm of all gradients together, to which longer ones are shortened (Pascanu et al. 2013); null shortens none.</summary>
    public double? ClipGradientNorm { get; init; }

    /// <summary>What training makes small. Evaluations always give the cross-entropy.</summary>
    public LossFunction Loss { get; init; } = new CrossEntropy();

    /// <summary>How much of the target's weight is spread over all classes, in [0, 1).</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Mixup and cutmix, or null.</summary>
    public Mixing? Mixing { get; init; }

    /// <summary>A moving average of the weights, or null.</summary>
    public WeightAverage? Average { get; init; }

    /// <summary>Iterations between two readings of loss and training error; a warm-up ends at such a reading.</summary>
    public int MeasureEvery { get; init; } = 50;

    /// <summary>How pixels become network input.</summary>
    public NormalizationKind Normalization { get; init; } = NormalizationKind.PerPixelMean;

    /// <summary>What is done to training pictures.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.Cifar;

    /// <summary>
    /// What a network is shown of each test picture; null for what is usual for the pictures: whole ones of one size, else one
    /// crop (<see cref="EvaluationProtocol.For"/>).
    /// </summary>
    public EvaluationProtocol? Test { get; init; }

    /// <summary>The recipe line by line, as printed and stored: names and values in a fixed order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Describe() =>
        [.. RecipeText.Of(this).Select(static line => new KeyValuePair<string, string>(line.Name, line.Text))];

    /// <summary>
    /// The recipe for another batch size: rates are multiplied by the optimizer's rule (in proportion for SGD: Goyal et al. 2017;
    /// by the square root for LAMB: You et al. 2019), and whatever is counted in iterations is stretched, so that as many
    /// pictures are seen (<see cref="MeasureEvery"/> stays). It gets a name of its own, since it is not the paper's any more; for the
    /// batch that it has already, it is the recipe itself.
    /// </summary>
    /// <param name="batchSize">Pictures in one step, at least 1.</param>
    public Recipe ForBatch(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (batchSize == BatchSize && batchSize == (RateBatchSize ?? BatchSize))
        {
            return this;
        }

        double batchRatio = (double)batchSize / (RateBatchSize ?? BatchSize);
        double rateRatio = Optimizer.RateRatio(batchRatio);
        return this with
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{Name}-b{batchSize}"),
            BatchSize = batchSize,
            RateBatchSize = batchSize,
            GhostBatch = GhostBatch < batchSize ? GhostBatch : null,
            MicroBatch = MicroBatch < batchSize ? MicroBatch : null,
            Length = Length.Rescale(1 / batchRatio),
            Schedule = Schedule.Rescale(rateRatio, 1 / batchRatio),
            WarmUp = WarmUp?.Rescale(rateRatio, 1 / batchRatio),
        };
    }

    /// <summary>Refuses a batch that several processes cannot share out; before they are started, where a program starts them itself.</summary>
    /// <param name="ranks">How many processes there are.</param>
    /// <exception cref="BadInputException"><see cref="BatchSize"/> is no multiple of it.</exception>
    public void RequireShares(int ranks)
    {
        if (BatchSize % ranks != 0)
        {
            int less = BatchSize / ranks * ranks;
            throw new BadInputException(FormattableString.Invariant(
                $"Recipe.BatchSize is {BatchSize}, the pictures of a step of all {ranks} ranks together: each takes as many, so it must be a multiple of {ranks}, such as {(less > 0 ? less : ranks)} or {(less > 0 ? less + ranks : 2 * ranks)}."));
        }
    }
}
