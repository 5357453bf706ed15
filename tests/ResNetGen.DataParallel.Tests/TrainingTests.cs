using ResNetGen.Tests.Training;
using ResNetGen.Training;

namespace ResNetGen.DataParallel.Tests;

/// <summary>What several ranks learn is what one process learns of the joint batch.</summary>
public sealed class TrainingTests : RankThreads
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Without_BatchNorm(int count)
    {
        One<PlainNet>("one");
        float[] expected = TestNet.Last[0];
        All<PlainNet>(count);
        Assert.InRange(Distance(expected, SameOnAll(count)), 0, 1e-5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void With_synchronised_BatchNorm(int count)
    {
        One<NormNet>("one");
        float[] expected = TestNet.Last[0];
        All<NormNet>(count, change: static (options, _) => options with { SynchronizedBatchNorm = true });
        Assert.InRange(Distance(expected, SameOnAll(count)), 0, 1e-5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void With_each_ranks_own_BatchNorm_as_with_ghost_batches(int count)
    {
        One<NormNet>("one", Recipe with { GhostBatch = 24 / count });
        float[] expected = TestNet.Last[0];
        Recorder recorder = new();
        All<NormNet>(count, recorder: recorder);
        Assert.InRange(Distance(expected, SameOnAll(count)), 0, 1e-5);
        Assert.Contains(recorder.Run!.Notes, note => note.Contains($"over the {24 / count} pictures of a rank, not over the 24", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void With_gradients_accumulated(int micro)
    {
        One<PlainNet>("one");
        float[] expected = TestNet.Last[0];
        All<PlainNet>(2, Recipe with { MicroBatch = micro });
        Assert.InRange(Distance(expected, SameOnAll(2)), 0, 1e-5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void With_mixed_pictures(int count)
    {
        Recipe recipe = Recipe with { Mixing = new Mixing(Mixup: 0.8, Cutmix: 1, Probability: 0.8), LabelSmoothing = 0.1 };
        One<PlainNet>("one", recipe);
        float[] expected = TestNet.Last[0];
        All<PlainNet>(count, recipe);
        Assert.InRange(Distance(expected, SameOnAll(count)), 0, 1e-5);
    }

    [Fact]
    public void With_clipping_averaging_and_cut_epochs()
    {
        Recipe recipe = Recipe with { ClipGradientNorm = 0.5, Average = new WeightAverage(0.9, EvaluatedWeights.Both) };
        One<PlainNet>("one", recipe, change: static options => options with { LimitBatches = 3 });
        float[] expected = TestNet.Last[0];
        All<PlainNet>(2, recipe, change: static (options, _) => options with { LimitBatches = 3 });
        Assert.InRange(Distance(expected, SameOnAll(2)), 0, 1e-5);
    }

    [Fact]
    public void Readings_and_evaluations_are_those_of_all_pictures()
    {
        Recorder one = new();
        Recorder several = new();
        TrainingResult result = One<PlainNet>("one", recorder: one);
        RankThreads.Ended[] ended = All<PlainNet>(4, recorder: several);
        Assert.Equal(one.Metrics.Count, several.Metrics.Count);
        foreach ((TrainingMetrics expected, TrainingMetrics found) in one.Metrics.Zip(several.Metrics))
        {
            // The weights differ by 1e-5 at most, and so do losses; an error may be another picture's.
            Assert.Equal((expected.Iteration, expected.LearningRate), (found.Iteration, found.LearningRate));
            Assert.Equal(expected.Loss, found.Loss, 1e-4);
            Assert.Equal(expected.Error, found.Error, 1.5 / 24);
        }

        Assert.Equal(one.Evaluations.Select(static e => (e.Iteration, e.Count)), several.Evaluations.Select(static e => (e.Iteration, e.Count)));
        Assert.All(one.Evaluations.Zip(several.Evaluations), static pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, 1e-4));
        Assert.Equal(4, several.Run!.Ranks);

        // All ranks know what rank 0 knows, and it alone has written.
        Assert.All(ended, rank => Assert.Equal(several.Evaluations[^1], rank.Done().LastEvaluation! with { Seconds = several.Evaluations[^1].Seconds, ElapsedSeconds = several.Evaluations[^1].ElapsedSeconds }));
        Assert.All(ended, rank => Assert.Equal(ended[0].Done().Checkpoint, rank.Done().Checkpoint));
        Assert.Equal(one.Checkpoints.Count, several.Checkpoints.Count);
        Assert.NotNull(result.Checkpoint);
    }

    private RankThreads.Ended[] All<TNetwork>(
        int count, Recipe? recipe = null, Recorder? recorder = null, Func<TrainerOptions, int, TrainerOptions>? change = null)
        where TNetwork : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, INetwork<TNetwork>
    {
        RankThreads.Ended[] ended = Several<TNetwork>(count, "several", recipe, recorder, change);
        Assert.All(ended, static rank => Assert.True(rank.Done().Completed));
        return ended;
    }
}
