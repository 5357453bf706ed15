using ResNetGen.Checkpoints;
using ResNetGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Training;

public sealed class DivergenceTests : TinyRuns
{
    [Fact]
    public void A_layer_that_overflows_is_named_and_the_run_stops_before_its_update()
    {
        (TrainingDivergedException e, CheckpointFolder checkpoints) = Poisoned(Poison.Forward, iteration: 9);
        Assert.Equal("middle", e.Layer);
        Assert.StartsWith("Training has diverged: the loss is not a number in iteration 9 (learning rate ", e.Message, StringComparison.Ordinal);
        Assert.Contains("Going forward, middle (Middle) was the first layer to give values that are not finite (", e.Message, StringComparison.Ordinal);
        Assert.Contains($"The last checkpoint, {checkpoints.PathOf(6)}, is from before and untouched.", e.Message, StringComparison.Ordinal);
        Assert.Equal(6, CheckpointFile.Verify(Assert.Single(checkpoints.Files)).Position.Iteration);
    }

    [Fact]
    public void The_first_gradient_from_the_loss_down_is_named_though_the_loss_is_finite()
    {
        (TrainingDivergedException e, _) = Poisoned(Poison.Backward, iteration: 8);

        // conv2 and fc come after the middle and have good gradients; going back, bn1 is the first without.
        Assert.Equal("bn1", e.Layer);
        Assert.StartsWith("Training has diverged: the gradient of bn1.weight is not finite in iteration 8 (learning rate ", e.Message, StringComparison.Ordinal);
        Assert.Contains("bn1.weight was the first parameter with such a gradient (8 of 8 values, not a number); of 8 gradients, 4 hold such values.", e.Message, StringComparison.Ordinal);
    }

    /// <summary>The weights and the running statistics at the end are those of a run that was stopped one step before.</summary>
    [Theory]
    [InlineData(Poison.Forward)]
    [InlineData(Poison.Backward)]
    public void The_network_is_what_it_was_before_the_step(Poison poison)
    {
        PoisonedNet.From = int.MaxValue;
        Fit<PoisonedNet>("whole", new Recorder { StopAt = 7 });
        string before = Assert.Single(PoisonedNet.Weights);
        Poisoned(poison, iteration: 8);
        Assert.Equal(before, Assert.Single(PoisonedNet.Weights));
    }

    [Fact]
    public void A_weight_that_an_update_broke_is_named_with_the_layer_it_belongs_to()
    {
        // The rate explodes in the second epoch; that update's own gradient is finite.
        Recipe explosive = Recipe with { Schedule = new StepDecay(0.001, 1e41, 7), WeightDecay = 100 };
        Recorder recorder = new();
        TrainingDivergedException e = Assert.Throws<TrainingDivergedException>(() => Fit("run", recorder, recipe: explosive));
        Assert.Equal("conv1", e.Layer);
        Assert.Contains("in iteration 9 ", e.Message, StringComparison.Ordinal);
        Assert.Contains("Its weight holds such values (", e.Message, StringComparison.Ordinal);
        Assert.Contains("the update before made them so", e.Message, StringComparison.Ordinal);

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

    [Fact]
    public void Pictures_that_are_no_numbers_are_told_from_layers_that_are_not()
    {
        using TinyNet network = new();
        ComputePlan plan = ComputePlan.Decide(ComputeDevice.Cpu, Precision.Fp32);
        FiniteGuard guard = new(network, plan, gradients: null);
        using Tensor images = randn(4, 3, 8, 8);
        images[2, 1, 5, 5] = tensor(float.NaN);
        using Tensor loss = network.call(images).sum();
        loss.backward();
        NotFiniteException e = Assert.Throws<NotFiniteException>(() => guard.RequireLoss(loss, images));
        Assert.Null(e.Layer);
        Assert.Equal("The pictures of the batch hold values that are not finite already (1 of 768 values, not a number).", e.Where);
    }

    private (TrainingDivergedException Diverged, CheckpointFolder Checkpoints) Poisoned(Poison poison, int iteration)
    {
        PoisonedNet.Poison = poison;
        PoisonedNet.From = iteration;
        return (Assert.Throws<TrainingDivergedException>(() => Fit<PoisonedNet>("run")), new CheckpointFolder(Path.Combine(Folder("run"), "checkpoints")));
    }
}
