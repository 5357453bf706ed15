using ResNetGen.Data;
using ResNetGen.Evaluation;
using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

/// <summary>Recipes against the numbers of their papers and programs, at the milestones. He2015Cifar is in <see cref="RecipeTests"/>.</summary>
public sealed class PaperRecipeTests
{
    // 1,281,167 pictures of ImageNet's training set, in full batches of 256 and 2048.
    private const int Epoch256 = 5_004;
    private const int Epoch2048 = 625;

    [Fact]
    public void He2016_warms_every_network_up_for_400_iterations()
    {
        // He et al. 2016, appendix.
        Recipe recipe = Recipes.He2016Cifar;
        WarmUp warmUp = recipe.WarmUp!;
        Assert.Equal(0, warmUp.FromWeightedLayers);
        Assert.Equal(0.01, warmUp.RateAt(At(0, 64_000, 390), 0.1));
        Assert.False(warmUp.IsOver(At(399, 64_000, 390)));
        Assert.True(warmUp.IsOver(At(400, 64_000, 390)));
        Assert.False(warmUp.EndsAt(0));

        // Everything else is as it was in 2015.
        Assert.Equal(Recipes.He2015Cifar, recipe with { Name = "he2015", Source = Recipes.He2015Cifar.Source, WarmUp = Recipes.He2015Cifar.WarmUp });
    }

    [Fact]
    public void He2015_on_ImageNet_is_the_papers()
    {
        // He et al. 2015, section 3.4.
        Recipe recipe = Recipes.He2015ImageNet;
        Assert.Equal((256, 256), (recipe.BatchSize, recipe.RateBatchSize));
        Assert.Equal(600_000, recipe.Length.TotalIterations(Epoch256));
        Assert.Equal(119.9, 600_000.0 / Epoch256, 0.01);
        Plateau plateau = Assert.IsType<Plateau>(recipe.Schedule);
        Assert.Equal([0.1, 0.01, 0.001], Enumerable.Range(0, 3).Select(drops => Math.Round(plateau.RateAt(new RunPoint(0, 600_000, Epoch256, drops)), 12)));
        Assert.Equal(new Sgd(0.9, Nesterov: false), recipe.Optimizer);
        Assert.Equal((1e-4, WeightDecayTarget.ConvolutionAndLinearWeights), (recipe.WeightDecay, recipe.WeightDecayOn));
        Assert.Equal(NormalizationKind.PerPixelMean, recipe.Normalization);
        Assert.Equal(new Augmentation { Geometry = Geometry.RandomScaleAndCrop(256, 480), Flip = true, PcaColour = 0.1 }, recipe.Augmentation);
        Assert.Null(recipe.WarmUp);
    }

    [Fact]
    public void Facebooks_is_that_of_its_program()
    {
        // fb.resnet.torch: opts.lua (nEpochs 90, LR 0.1, momentum 0.9, weightDecay 1e-4), train.lua (nesterov, decay).
        Recipe recipe = Recipes.FbImageNet90;
        StepsEvery30Epochs(recipe);
        Assert.Equal(new Sgd(0.9, Nesterov: true), recipe.Optimizer);
        Assert.Equal((1e-4, WeightDecayTarget.AllParameters), (recipe.WeightDecay, recipe.WeightDecayOn));
        Assert.Equal(new ColourJitter(0.4, 0.4, 0.4), recipe.Augmentation.ColourJitter);
        Assert.Equal(0.1, recipe.Augmentation.PcaColour);
    }

    [Fact]
    public void Torchvisions_is_that_of_its_references()
    {
        Recipe recipe = Recipes.TorchVisionV1;
        StepsEvery30Epochs(recipe);
        Assert.Equal(new Sgd(0.9, Nesterov: false), recipe.Optimizer);
        Assert.Equal((1e-4, WeightDecayTarget.AllParameters), (recipe.WeightDecay, recipe.WeightDecayOn));
        Assert.Equal(8 * 32, recipe.BatchSize);
        Assert.Equal(new Augmentation { Geometry = Geometry.RandomResizedCrop(), Flip = true }, recipe.Augmentation);
    }

    [Fact]
    public void Strikes_back_is_the_papers_procedure_A3()
    {
        // Wightman et al. 2021, table 2, column A3.
        Recipe recipe = Recipes.StrikesBackA3;
        long total = recipe.Length.TotalIterations(Epoch2048);
        Assert.Equal(100 * Epoch2048, total);
        Assert.Equal(2048, recipe.BatchSize);
        Assert.IsType<Lamb>(recipe.Optimizer);
        Assert.Equal((0.02, WeightDecayTarget.ConvolutionAndLinearWeights), (recipe.WeightDecay, recipe.WeightDecayOn));
        Assert.Equal((0.1, 1.0), (recipe.Mixing!.Mixup, recipe.Mixing.Cutmix));
        Assert.Equal(0, recipe.LabelSmoothing);
        Assert.IsType<BinaryCrossEntropy>(recipe.Loss);
        Assert.Equal(160, recipe.Augmentation.Geometry.Side);
        Assert.Equal(6, recipe.Augmentation.RandAugment!.Magnitude);
        Assert.Equal(224, recipe.Test!.Views.Single().Side);

        // Five epochs of warm-up, then the cosine: 8e-3 (1 + cos(pi e / 100)) / 2, half of it in the middle.
        Assert.Equal(1e-4, recipe.WarmUp!.RateAt(At(0, total, Epoch2048), 0.008), 1e-15);
        Assert.Equal(1e-4 + (4 * (0.008 - 1e-4) / 5), recipe.WarmUp.RateAt(At((5 * Epoch2048) - 1, total, Epoch2048), 0.008), 1e-15);
        Assert.True(recipe.WarmUp.IsOver(At(5 * Epoch2048, total, Epoch2048)));
        Assert.Equal(0.008 * (1 + Math.Cos(Math.PI / 20)) / 2, recipe.Schedule.RateAt(At(5 * Epoch2048, total, Epoch2048)), 1e-6);
        Assert.Equal(0.004, recipe.Schedule.RateAt(At(50 * Epoch2048, total, Epoch2048)), 1e-6);
        Assert.InRange(recipe.Schedule.RateAt(At(total - 1, total, Epoch2048)), 1e-6, 4e-6);
    }

    [Fact]
    public void Every_recipe_is_one_that_can_be_trained_and_says_where_it_comes_from() => Assert.All(Recipes.All, static recipe =>
    {
        RecipeChecks.Require(recipe);
        Assert.NotEmpty(recipe.Source);
        Assert.Equal(recipe.BatchSize, recipe.RateBatchSize);
        Assert.Empty(RecipeNotes.Of(recipe));
        Assert.Same(recipe, Recipes.Find(recipe.Name));
    });

    [Fact]
    public void Another_batch_is_noted_with_what_to_do_about_it()
    {
        // pytorch/vision#8363: the rate of eight GPUs used on one.
        string note = Assert.Single(RecipeNotes.Of(Recipes.TorchVisionV1 with { BatchSize = 32 }));
        Assert.Equal("a step has 32 pictures, but the learning rate, 0.1, was chosen for 256: the results will be others. Scaled to "
            + "the batch it is 0.0125, with 8 times the iterations: Recipe.ForBatch(32) does both. Or take 256 pictures a step.", note);
        Assert.Empty(RecipeNotes.Of(Recipes.TorchVisionV1.ForBatch(32)));
        Assert.Empty(RecipeNotes.Of(Recipes.Quick with { RateBatchSize = null, BatchSize = 7 }));
    }

    [Fact]
    public void A_recipe_for_another_batch_scales_rates_and_iterations()
    {
        Recipe half = (Recipes.He2015Cifar with { GhostBatch = 64 }).ForBatch(64);
        Assert.Equal("he2015-b64", half.Name);
        Assert.Equal(128_000, half.Length.TotalIterations(781));
        StepDecay steps = Assert.IsType<StepDecay>(half.Schedule);
        Assert.Equal(new long[] { 64_000, 96_000 }, steps.Milestones.ToArray());
        Assert.Equal(0.05, steps.Rate, 1e-15);
        Assert.Equal(new WarmUpUntilError(0.005, 0.8) { FromWeightedLayers = 110 }, half.WarmUp);
        Assert.Null(half.GhostBatch);

        // Epochs stay; LAMB's rate goes by the square root.
        Recipe large = Recipes.StrikesBackA3.ForBatch(512);
        Assert.Equal(100, large.Length.Count);
        Assert.Equal(0.004, large.Schedule.BaseRate, 1e-15);
    }

    public static TheoryData<string, Recipe> Refused => new()
    {
        { "Recipe.GhostBatch is 129; expected 1 to 128 pictures", Recipes.Quick with { GhostBatch = 129 } },
        { "Recipe.MicroBatch is 0; expected 1 to 128 pictures", Recipes.Quick with { MicroBatch = 0 } },
        { "Recipe.GhostBatch and Recipe.MicroBatch are both set", Recipes.Quick with { GhostBatch = 64, MicroBatch = 32 } },
        { "Recipe.LabelSmoothing is 1; expected 0 or more and less than 1", Recipes.Quick with { LabelSmoothing = 1 } },
        { "Recipe.WeightDecay is NaN; expected 0 or more", Recipes.Quick with { WeightDecay = double.NaN } },
        { "Recipe.ClipGradientNorm is 0; expected more than 0", Recipes.Quick with { ClipGradientNorm = 0 } },
        { "Recipe.Average.Decay is 1; expected more than 0", Recipes.Quick with { Average = new WeightAverage(1) } },
        { "Recipe.Mixing.Mixup is -1; expected 0 or more", Recipes.Quick with { Mixing = new Mixing(-1) } },
        { "Recipe.Mixing mixes nothing", Recipes.Quick with { Mixing = new Mixing() } },
        { "Recipe.RateBatchSize is 0; expected 1 or more", Recipes.Quick with { RateBatchSize = 0 } },
        { "Recipe.Schedule.Every is 0; expected 1 or more epochs", Recipes.Quick with { Schedule = new EpochDecay(0.1, 0.1, Every: 0) } },
        { "Recipe.Schedule.Factor is -1; expected 0 or more", Recipes.Quick with { Schedule = new EpochDecay(0.1, -1, 30) } },
        { "Recipe.Schedule.Factor is NaN; expected 0 or more", Recipes.Quick with { Schedule = new StepDecay(0.1, double.NaN, 9) } },
        { "Recipe.Schedule.Final is -1; expected 0 or more", Recipes.Quick with { Schedule = new Cosine(0.1, -1) } },
        { "Recipe.Schedule.RiseFraction is 1; expected more than 0 and less than 1", Recipes.Quick with { Schedule = new OneCycle(0.4, RiseFraction: 1) } },
        { "Recipe.Schedule.Divisor is 0; expected more than 0", Recipes.Quick with { Schedule = new OneCycle(0.4, Divisor: 0) } },
        { "Recipe.Schedule.FinalDivisor is 0; expected more than 0", Recipes.Quick with { Schedule = new OneCycle(0.4, FinalDivisor: 0) } },
        { "Recipe.Schedule.Factor is 1; expected more than 0 and less than 1", Recipes.Quick with { Schedule = new Plateau(0.1, Factor: 1) } },
        { "Recipe.Schedule.Patience is -1; expected 0 or more", Recipes.Quick with { Schedule = new Plateau(0.1, Patience: -1) } },
        { "Recipe.Schedule.Threshold is 1; expected 0 or more and less than 1", Recipes.Quick with { Schedule = new Plateau(0.1, Threshold: 1) } },
        { "Recipe.Schedule.Least is -1; expected 0 or more", Recipes.Quick with { Schedule = new Plateau(0.1, Least: -1) } },
        { "Recipe.WarmUp.Rate is NaN; expected 0 or more", Recipes.Quick with { WarmUp = new WarmUpFor(double.NaN, 8) } },
        { "Recipe.WarmUp.Iterations is -1; expected 0 or more", Recipes.Quick with { WarmUp = new WarmUpFor(0.1, -1) } },
        { "Recipe.WarmUp.Rate is -1; expected 0 or more", Recipes.Quick with { WarmUp = new WarmUpUntilError(-1, 0.8) } },
        { "Recipe.WarmUp.TrainError is 80; expected an error from 0 to 1", Recipes.Quick with { WarmUp = new WarmUpUntilError(0.01, 80) } },
        { "Recipe.WarmUp.From is -1; expected 0 or more", Recipes.Quick with { WarmUp = new WarmUpLinear(-1, TrainingLength.Epochs(5)) } },
        { "Recipe.WarmUp.Length is 0; expected 1 or more", Recipes.Quick with { WarmUp = new WarmUpLinear(0.1, default) } },
        { "Recipe.Optimizer.Momentum is -1; expected 0 or more", Recipes.Quick with { Optimizer = new Sgd(-1) } },
        { "Recipe.Optimizer.Momentum is 0; expected more than 0 for Nesterov's", Recipes.Quick with { Optimizer = new Sgd(0, Nesterov: true) } },
        { "Recipe.Optimizer.Beta1 is 1; expected 0 or more and less than 1", Recipes.Quick with { Optimizer = new Lamb(Beta1: 1) } },
        { "Recipe.Optimizer.Beta2 is 1; expected 0 or more and less than 1", Recipes.Quick with { Optimizer = new Lamb(Beta2: 1) } },
        { "Recipe.Optimizer.Epsilon is 0; expected more than 0", Recipes.Quick with { Optimizer = new Lamb(Epsilon: 0) } },
        { "Recipe.Optimizer.MaxGradientNorm is 0; expected more than 0", Recipes.Quick with { Optimizer = new Lamb(MaxGradientNorm: 0) } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_recipe_that_cannot_be_trained_is_refused(string message, Recipe recipe) =>
        Assert.StartsWith(message, Assert.Throws<BadInputException>(() =>
            RunChecks.Require(recipe, new TrainerOptions { Output = "nowhere" })).Message, StringComparison.Ordinal);

    private static void StepsEvery30Epochs(Recipe recipe)
    {
        long total = recipe.Length.TotalIterations(Epoch256);
        Assert.Equal(90 * Epoch256, total);
        Assert.Equal((256, 256), (recipe.BatchSize, recipe.RateBatchSize));
        Assert.Equal(0.1, recipe.Schedule.RateAt(At((30 * Epoch256) - 1, total, Epoch256)), 1e-15);
        Assert.Equal(0.01, recipe.Schedule.RateAt(At(30 * Epoch256, total, Epoch256)), 1e-15);
        Assert.Equal(0.01, recipe.Schedule.RateAt(At((60 * Epoch256) - 1, total, Epoch256)), 1e-15);
        Assert.Equal(0.001, recipe.Schedule.RateAt(At(total - 1, total, Epoch256)), 1e-15);
        Assert.Equal(NormalizationKind.ImageNet, recipe.Normalization);
        Assert.Null(recipe.WarmUp);
    }

    private static RunPoint At(long iteration, long total, long perEpoch) => new(iteration, total, perEpoch);
}
