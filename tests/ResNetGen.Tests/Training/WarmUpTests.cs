using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

public sealed class WarmUpTests : TinyRuns
{
    private static readonly Recipe Warming = Recipe with
    {
        Schedule = new StepDecay(0.1, 0.1, 16),
        WarmUp = new WarmUpUntilError(0.001, TrainError: 0.9) { FromWeightedLayers = 8 },
    };

    [Fact]
    public void A_deep_network_starts_slowly_until_its_error_falls()
    {
        Recorder recorder = new();
        Fit("run", recorder, recipe: Warming);
        TrainingMetrics end = recorder.Metrics.First(static m => m.Error < 0.9);
        Assert.All(recorder.Steps.Where(s => s.Iteration <= end.Iteration), static s => Assert.Equal(0.001, s.LearningRate));
        Assert.All(recorder.Steps.Where(s => s.Iteration > end.Iteration && s.Iteration <= 16), static s => Assert.Equal(0.1, s.LearningRate));

        // Iterations of the warm-up count in the schedule.
        Assert.Equal(0.01, recorder.Steps[16].LearningRate, 12);
    }

    [Fact]
    public void It_goes_on_while_the_error_stays_high()
    {
        Recorder recorder = new();
        Fit("run", recorder, recipe: Warming with { WarmUp = new WarmUpUntilError(0.001, TrainError: 0) });
        Assert.All(recorder.Steps, static s => Assert.Equal(0.001, s.LearningRate));
    }

    [Fact]
    public void A_shallow_network_has_none()
    {
        Recorder recorder = new();
        Fit("run", recorder, recipe: Warming with { WarmUp = Warming.WarmUp! with { FromWeightedLayers = 9 } });
        Assert.Equal(0.1, recorder.Steps[0].LearningRate);
    }

    [Fact]
    public void It_survives_an_interruption()
    {
        Fit("undisturbed", recipe: Warming);
        Fit("resumed", new Recorder { StopAt = 2 }, recipe: Warming);
        Recorder second = new();
        Fit("resumed", second, resume: true, recipe: Warming);
        Assert.Equal(0.001, second.Steps[0].LearningRate);
        Assert.Equal(Tensors("undisturbed"), Tensors("resumed"));
    }
}
