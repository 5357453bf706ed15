using ResNetGen.Data;
using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

public sealed class TrainerTests : TinyRuns
{
    [Fact]
    public void A_tiny_network_learns()
    {
        TrainingResult result = Fit("run", recipe: Recipe with { Length = TrainingLength.Epochs(12) });
        Assert.True(result.Completed);
        Assert.InRange(result.LastEvaluation!.Accuracy, 0.9, 1);
    }

    [Fact]
    public void The_last_evaluation_is_reported_and_counts_every_picture()
    {
        Recorder recorder = new();
        TrainingResult result = Fit("run", recorder);
        Assert.Equal([6L, 12, 18], recorder.Evaluations.Select(static e => e.Iteration));
        Assert.Same(recorder.Evaluations[^1], result.LastEvaluation);
        Assert.Equal(18, result.Iteration);
        Assert.All(recorder.Evaluations, static e => Assert.Equal(90, e.Count));
    }

    [Fact]
    public void Readings_come_at_their_interval_and_with_every_evaluation()
    {
        Recorder recorder = new();
        Fit("run", recorder);
        Assert.Equal([4L, 6, 8, 12, 16, 18], recorder.Metrics.Select(static m => m.Iteration));
        Assert.Equal(18, recorder.Steps.Count);
        Assert.All(recorder.Metrics, static m => Assert.InRange(m.Error, 0, 1));
    }

    [Fact]
    public void Every_step_is_made_at_the_schedules_rate()
    {
        Recorder recorder = new();
        Fit("run", recorder);
        OneCycle schedule = new(0.1);
        Assert.Equal(Enumerable.Range(0, 18).Select(i => schedule.RateAt(new RunPoint(i, 18, 6))), recorder.Steps.Select(static s => s.LearningRate));
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_and_another_one_others()
    {
        Fit("one");
        Fit("two");
        Fit("three", change: static o => o with { Seed = 8 });
        Assert.Equal(Tensors("one"), Tensors("two"));
        Assert.Equal(Metrics("one"), Metrics("two"));
        Assert.NotEqual(Metrics("one"), Metrics("three"));
    }

    [Fact]
    public void Length_and_intervals_can_be_given_in_iterations()
    {
        Recorder recorder = new();
        Fit("run", recorder, recipe: Recipe with { Length = TrainingLength.Iterations(11) },
            change: static o => o with { EvaluateEvery = 5, CheckpointEvery = 4 });
        Assert.Equal([5L, 10, 11], recorder.Evaluations.Select(static e => e.Iteration));
        Assert.Equal([4L, 8, 11], recorder.Checkpoints.Select(static c => c.Iteration));
    }

    [Fact]
    public void Limited_epochs_are_short()
    {
        Recorder recorder = new();
        TrainingResult result = Fit("run", recorder, change: static o => o with { LimitBatches = 2 });
        Assert.Equal(6, result.TotalIterations);
        Assert.Equal([2L, 4, 6], recorder.Evaluations.Select(static e => e.Iteration));
    }

    [Fact]
    public void A_limit_above_the_epochs_length_changes_nothing()
    {
        TrainingResult result = Fit("run", change: static o => o with { LimitBatches = 1_000 });
        Assert.Equal(18, result.TotalIterations);
    }

    [Fact]
    public void Evaluation_leaves_the_running_statistics_alone()
    {
        Fit("often", change: static o => o with { EvaluateEvery = 1 });
        Fit("seldom", change: static o => o with { EvaluateEvery = 18 });
        Assert.Equal(Tensors("often"), Tensors("seldom"));
    }

    [Fact]
    public void A_network_of_another_shape_is_refused()
    {
        BadInputException e = Assert.Throws<BadInputException>(() => Fit<WrongNet>("run"));
        Assert.Equal(
            "WrongNet takes pictures of 3×32×32 and tells 10 classes apart; TinySet has pictures of 3×8×8 in 4 classes. "
            + "Declare the network with the dataset's Channels, Height, Width and Classes.", e.Message);
    }

    [Fact]
    public void A_recipe_that_shows_another_size_than_the_networks_is_refused_before_anything_is_made()
    {
        Recipe small = Recipe with { Augmentation = new() { Geometry = Geometry.RandomResizedCrop() with { Side = 6 } } };
        Assert.Equal(
            "Recipe quick shows pictures of 3×6×6, TinyNet takes 3×8×8. Declare the network with Height = 6 and Width = 6, and train it on a dataset class "
            + "with [ImageDataset(3, 6, 6, 4)]; or give Recipe.Augmentation a geometry of the network's size.",
            Assert.Throws<BadInputException>(() => Fit("run", recipe: small)).Message);
        Assert.False(Path.Exists(Folder("run")));
    }

    [Fact]
    public void A_batch_larger_than_the_set_is_refused() =>
        Assert.Contains("200 pictures", Assert.Throws<BadInputException>(() => Fit("run", recipe: Recipe with { BatchSize = 201 })).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Counts_and_intervals_below_1_are_refused_before_anything_is_made(int count)
    {
        Refused("Recipe.BatchSize", () => Fit("run", recipe: Recipe with { BatchSize = count }));
        Refused("Recipe.MeasureEvery", () => Fit("run", recipe: Recipe with { MeasureEvery = count }));
        Refused("TrainerOptions.LimitBatches", () => Fit("run", change: o => o with { LimitBatches = count }));
        Refused("TrainerOptions.EvaluateEvery", () => Fit("run", change: o => o with { EvaluateEvery = count }));
        Refused("TrainerOptions.CheckpointEvery", () => Fit("run", change: o => o with { CheckpointEvery = count }));
        Assert.False(Path.Exists(Folder("run")));

        void Refused(string property, Action fit) => Assert.StartsWith(
            FormattableString.Invariant($"{property} is {count}; expected 1 or more: "), Assert.Throws<BadInputException>(fit).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_that_nobody_gave_is_refused() =>
        Assert.StartsWith("Recipe.Length is 0; expected 1 or more",
            Assert.Throws<BadInputException>(() => Fit("run", recipe: Recipe with { Length = default })).Message, StringComparison.Ordinal);

    [Fact]
    public void Counts_are_looked_at_before_the_data() =>
        Assert.StartsWith("TrainerOptions.LimitBatches is 0", Assert.Throws<BadInputException>(() =>
            Trainer.Fit<TinyNet, TinySet>(Recipe, new TrainerOptions { Output = Folder("run"), LimitBatches = 0 })).Message,
            StringComparison.Ordinal);
}
