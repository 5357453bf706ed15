using System.Globalization;
using ResNetGen.Data;
using ResNetGen.Training;

namespace ResNetGen;

/// <summary>
/// How a network is trained, as data. A recipe is printed when a run starts and stored beside its results, so that a
/// number can always be traced to what made it. Change one with a <c>with</c> expression.
/// </summary>
public sealed record Recipe
{
    internal const string ScheduleSetting = "learning rate";
    internal const string WarmUpSetting = "warm-up";
    internal const string OptimizerSetting = "optimizer";

    /// <summary>The recipe's name, as given on a command line.</summary>
    public required string Name { get; init; }

    /// <summary>Where its numbers come from.</summary>
    public required string Source { get; init; }

    /// <summary>How long it trains.</summary>
    public required TrainingLength Length { get; init; }

    /// <summary>The learning rate.</summary>
    public required LearningRateSchedule Schedule { get; init; }

    /// <summary>A small rate at the start for deep networks, or null.</summary>
    public WarmUp? WarmUp { get; init; }

    /// <summary>Pictures in one step.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>What makes a step from the gradients.</summary>
    public OptimizerSettings Optimizer { get; init; } = new Sgd();

    /// <summary>The weight decay: decay · weight is added to the gradient (SGD) or to the step (LAMB).</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Which parameters decay.</summary>
    public WeightDecayTarget WeightDecayOn { get; init; } = WeightDecayTarget.ConvolutionAndLinearWeights;

    /// <summary>How much of the target's weight is spread over all classes, in [0, 1).</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Iterations between two readings of loss and training error; a warm-up ends at such a reading.</summary>
    public int MeasureEvery { get; init; } = 50;

    /// <summary>How pixels become network input.</summary>
    public NormalizationKind Normalization { get; init; } = NormalizationKind.PerPixelMean;

    /// <summary>What is done to training pictures.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.Cifar;

    /// <summary>The recipe line by line, as printed and stored: names and values in a fixed order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Describe() =>
    [
        new("recipe", Name),
        new("source", Source),
        new("length", Length.ToString()),
        new("batch size", BatchSize.ToString(CultureInfo.InvariantCulture)),
        new(ScheduleSetting, Schedule.Description),
        new(WarmUpSetting, WarmUp?.Description ?? "none"),
        new(OptimizerSetting, Optimizer.Description),
        new("weight decay", string.Create(CultureInfo.InvariantCulture, $"{WeightDecay} on {Decaying}")),
        new("label smoothing", LabelSmoothing.ToString(CultureInfo.InvariantCulture)),
        new("normalisation", Normalization switch
        {
            NormalizationKind.PerPixelMean => "per-pixel mean subtracted",
            NormalizationKind.PerChannel => "per-channel mean and deviation",
            NormalizationKind.ImageNet => "ImageNet's means and deviations",
            _ => "none",
        }),
        new("augmentation", Augmentation.Description),
    ];

    private string Decaying => WeightDecayOn == WeightDecayTarget.AllParameters
        ? "all parameters"
        : "convolution and linear weights";
}
