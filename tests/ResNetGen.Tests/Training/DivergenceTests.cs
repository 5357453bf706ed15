using ResNetGen.Checkpoints;
using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

public sealed class DivergenceTests : TinyRuns
{
    [Fact]
    public void A_loss_that_is_not_finite_stops_the_run_and_spares_the_checkpoint()
    {
        // The rate explodes in the second epoch.
        Recipe explosive = Recipe with { Schedule = new StepDecay(0.01, 1e30, 7) };
        Recorder recorder = new();
        TrainingDivergedException e = Assert.Throws<TrainingDivergedException>(() => Fit("run", recorder, recipe: explosive));
        Assert.StartsWith("Training has diverged: ", e.Message, StringComparison.Ordinal);

        CheckpointFolder checkpoints = new(Path.Combine(Folder("run"), "checkpoints"));
        Assert.Equal([6L], recorder.Checkpoints.Select(static c => c.Iteration));
        string kept = Assert.Single(checkpoints.Files);
        Assert.Contains(kept, e.Message, StringComparison.Ordinal);
        Assert.Equal(6, CheckpointFile.Verify(kept).Position.Iteration);
    }

    [Fact]
    public void Weights_that_are_not_finite_never_reach_a_checkpoint()
    {
        // The very last step explodes: its own loss is still finite.
        Recipe explosive = Recipe with { Schedule = new StepDecay(0.001, 1e41, 5), Length = TrainingLength.Epochs(1), WeightDecay = 100 };
        Recorder recorder = new();
        TrainingDivergedException e = Assert.Throws<TrainingDivergedException>(
            () => Fit("run", recorder, recipe: explosive));
        Assert.StartsWith("Training has diverged: ", e.Message, StringComparison.Ordinal);
        Assert.True(double.IsFinite(recorder.Metrics[^1].Loss));
        Assert.Empty(recorder.Checkpoints);
    }
}
