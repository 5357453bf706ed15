using ResNetGen.Data;
using ResNetGen.Training;

namespace ResNetGen.Samples.ImageNet;

/// <summary>The recipe of the small form.</summary>
internal static class ImageNetRecipes
{
    /// <summary>For ten classes of 64x64, in minutes.</summary>
    public static Recipe Small { get; } = Recipes.Quick with
    {
        Name = "small",
        Source = "one-cycle SGD over a few epochs; not the papers' schedule",
        Length = TrainingLength.Epochs(5),
        Schedule = new OneCycle(Peak: 0.1),
        BatchSize = 64,
        RateBatchSize = 64,
        Normalization = NormalizationKind.ImageNet,
        Augmentation = Augmentation.RandomResizedCropFlip,
        MeasureEvery = 10,
    };
}
