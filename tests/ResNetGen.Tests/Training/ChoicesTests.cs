using ResNetGen.Checkpoints;
using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

/// <summary>Runs with the choices on, interrupted and resumed.</summary>
public sealed class ChoicesTests : TinyRuns
{
    public static TheoryData<string, Recipe> Choices => new()
    {
        {
            "everything that goes together", Recipe with
            {
                Optimizer = new Lamb(), WeightDecay = 0.02, Schedule = new Plateau(0.01, 0.5, Patience: 0, Threshold: 0.9),
                WarmUp = new WarmUpLinear(1e-4, TrainingLength.Iterations(5)), MicroBatch = 12, ClipGradientNorm = 0.5,
                Loss = new BinaryCrossEntropy(0.2), Mixing = new Mixing(0.2, 1), LabelSmoothing = 0.1,
                Average = new WeightAverage(0.9, EvaluatedWeights.Both),
            }
        },
        {
            "ghost batches, cosine by epoch, mixed cross-entropy", Recipe with
            {
                Schedule = new Cosine(0.05, 1e-5, ByEpoch: true), WarmUp = new WarmUpFor(0.001, 8), GhostBatch = 16,
                Mixing = new Mixing(Mixup: 0.4, Probability: 0.5), Average = new WeightAverage(0.8),
            }
        },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_run_interrupted_three_times_ends_like_one_that_never_was(string name, Recipe recipe)
    {
        Assert.NotEmpty(name);
        Recorder recorder = new();
        Assert.True(Fit("undisturbed", recorder, recipe: recipe).Completed);
        Fit("resumed", new Recorder { StopAt = 2 }, recipe: recipe);
        Fit("resumed", new Recorder { StopAt = 7 }, resume: true, recipe: recipe);
        Fit("resumed", new Recorder { StopInEvaluationAt = 12 }, resume: true, recipe: recipe);
        Recorder last = new();
        Assert.True(Fit("resumed", last, resume: true, recipe: recipe).Completed);
        Assert.Equal(Tensors("undisturbed"), Tensors("resumed"));
        Assert.Equal(Metrics("undisturbed"), Metrics("resumed"));
        Assert.Equal(recorder.Steps.Where(step => step.Iteration > 12), last.Steps);
        Assert.Contains(Tensors("undisturbed").Keys, static key => key.StartsWith("ema.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plateau_lowers_the_rate_after_an_evaluation_that_was_no_better()
    {
        Recorder recorder = new();
        Recipe recipe = Recipe with { Schedule = new Plateau(0.01, 0.5, Patience: 0, Threshold: 0.99), Length = TrainingLength.Epochs(4) };
        Fit("run", recorder, recipe: recipe);

        // The first evaluation is better than none; hardly another one falls by 99 %.
        Assert.Equal([0.01, 0.01, 0.005, 0.0025],
            recorder.Evaluations.Select(e => recorder.Steps.Single(step => step.Iteration == e.Iteration).LearningRate));
    }

    [Fact]
    public void Raw_and_averaged_weights_are_evaluated_side_by_side()
    {
        Recorder raw = new();
        Recorder averaged = new();
        Recorder both = new();
        Fit("raw", raw, recipe: Recipe with { Average = new WeightAverage(0.9, EvaluatedWeights.Raw) });
        Fit("averaged", averaged, recipe: Recipe with { Average = new WeightAverage(0.9) });
        TrainingResult result = Fit("both", both, recipe: Recipe with { Average = new WeightAverage(0.9, EvaluatedWeights.Both) });

        // To average changes nothing in training, and to look at the average changes nothing either.
        Assert.Equal(Tensors("raw"), Tensors("both"));
        Assert.Equal(raw.Evaluations.Select(static e => e.Loss), both.Evaluations.Select(static e => e.Loss));
        Assert.Equal(averaged.Evaluations.Select(static e => (double?)e.Loss), both.Evaluations.Select(static e => e.AveragedLoss));
        Assert.Equal(averaged.Evaluations.Select(static e => (double?)e.Error), both.Evaluations.Select(static e => e.AveragedError));
        Assert.NotEqual(both.Evaluations[^1].Loss, both.Evaluations[^1].AveragedLoss);
        Assert.Equal(result.LastEvaluation, Fit("both", resume: true, recipe: Recipe with { Average = new WeightAverage(0.9, EvaluatedWeights.Both) }).LastEvaluation);
    }

    [Theory]
    [InlineData(null, "model")]
    [InlineData(EvaluatedWeights.Raw, "model")]
    [InlineData(EvaluatedWeights.Average, "ema")]
    [InlineData(EvaluatedWeights.Both, "model")]
    public void A_checkpoint_says_which_weights_its_test_error_is_of(EvaluatedWeights? weights, string expected)
    {
        Recipe recipe = Recipe with { Length = TrainingLength.Epochs(1), Average = weights is { } which ? new WeightAverage(0.9, which) : null };
        TrainingResult result = Fit("run", recipe: recipe);
        CheckpointInfo info = CheckpointFile.ReadInfo(result.Checkpoint!);
        Assert.Equal(result.LastEvaluation!.Error, info.TestError);
        Assert.Equal(expected, info.TestErrorOf);
        Assert.Null(CheckpointFile.ReadInfo(Fit("stopped", new Recorder { StopAt = 2 }, recipe: recipe).Checkpoint!).TestErrorOf);
    }

    [Fact]
    public void A_batch_that_the_rate_is_not_for_is_noted_at_the_start()
    {
        Recorder recorder = new() { StopAt = 1 };
        Fit("run", recorder);
        Assert.Contains(recorder.Run!.Notes, static note => note.StartsWith("a step has 32 pictures, but the learning rate, 0.1, was chosen for 128", StringComparison.Ordinal));
    }
}
