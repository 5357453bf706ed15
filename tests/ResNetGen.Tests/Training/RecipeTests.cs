using ResNetGen.Data;
using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

public sealed class RecipeTests
{
    [Fact]
    public void He2015_is_the_papers()
    {
        // He et al. 2015, section 4.2.
        Recipe recipe = Recipes.He2015Cifar;
        Assert.Equal(128, recipe.BatchSize);
        Assert.Equal(64_000, recipe.Length.TotalIterations(iterationsPerEpoch: 390));
        Assert.Equal(0.1, recipe.Schedule.RateAt(new RunPoint(0, 64_000, 390)), 15);
        Assert.Equal(0.1, recipe.Schedule.RateAt(new RunPoint(31_999, 64_000, 390)), 15);
        Assert.Equal(0.01, recipe.Schedule.RateAt(new RunPoint(32_000, 64_000, 390)), 15);
        Assert.Equal(0.001, recipe.Schedule.RateAt(new RunPoint(48_000, 64_000, 390)), 15);
        Assert.Equal(new Sgd(0.9, Nesterov: false), recipe.Optimizer);
        Assert.Equal(1e-4, recipe.WeightDecay);
        Assert.Equal(WeightDecayTarget.ConvolutionAndLinearWeights, recipe.WeightDecayOn);
        Assert.Equal(NormalizationKind.PerPixelMean, recipe.Normalization);
        Assert.Equal(Augmentation.PadCropFlip(4), recipe.Augmentation);
        Assert.Equal(0, recipe.LabelSmoothing);
        Assert.Equal(new WarmUpUntilError(0.01, 0.8) { FromWeightedLayers = 110 }, recipe.WarmUp);
    }

    [Fact]
    public void The_papers_iterations_are_164_epochs_of_50000_pictures() =>
        Assert.Equal(163.84, 64_000 * 128 / 50_000.0, 10);

    [Fact]
    public void Fewer_epochs_leave_the_papers_milestones_where_they_are()
    {
        Recipe shorter = Recipes.He2015Cifar with { Length = TrainingLength.Epochs(90) };
        long total = shorter.Length.TotalIterations(390);
        Assert.Equal(35_100, total);
        Assert.Equal(0.1, shorter.Schedule.RateAt(new RunPoint(31_999, total, 390)), 15);
        Assert.Equal(0.01, shorter.Schedule.RateAt(new RunPoint(32_000, total, 390)), 15);
    }

    [Theory]
    [InlineData("quick")]
    [InlineData("HE2015")]
    [InlineData("he2016")]
    [InlineData("he2015-imagenet")]
    [InlineData("fb-imagenet90")]
    [InlineData("torchvision-v1")]
    [InlineData("strikes-back-a3")]
    public void A_recipe_is_found_by_name(string name) =>
        Assert.Equal(name, Recipes.Find(name)?.Name, ignoreCase: true);

    [Fact]
    public void An_unknown_name_finds_nothing() => Assert.Null(Recipes.Find("he2017"));

    [Fact]
    public void The_description_names_every_setting()
    {
        string text = string.Join('\n', Recipes.He2015Cifar.Describe().Select(static line => $"{line.Key}: {line.Value}"));
        Assert.Equal("""
            recipe: he2015
            source: He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition (2015), section 4.2
            length: 64,000 iterations
            batch size: 128
            learning rate: 0.1, times 0.1 at iterations 32,000 and 48,000
            rate chosen for: batches of 128
            warm-up: 0.01 until the training error is below 80 %, for networks of 110 layers and more
            optimizer: SGD, momentum 0.9
            weight decay: 0.0001 on convolution and linear weights
            gradient clipping: none
            loss: cross-entropy
            label smoothing: 0
            mixing: none
            BatchNorm statistics: over the whole batch
            gradient accumulation: none
            weight average: none
            normalisation: per-pixel mean subtracted
            augmentation: pad 4, random crop, flip
            tested on: what is usual for the pictures
            """, text, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_length_is_at_least_one() => Assert.Throws<ArgumentOutOfRangeException>(() => TrainingLength.Epochs(0));
}
