using ResNetGen.Training;
using TorchSharp;

namespace ResNetGen.Tests.Training;

/// <summary>BatchNorm, momentum and drop path by the image: what a step draws is a function of seed and iteration.</summary>
[CifarResNet(Depth = 8, Height = 8, Width = 8, Classes = 4)]
[DropPath(0.3)]
internal sealed partial class DroppingNet;

/// <summary>torch's own generators, which dropout and drop path draw from.</summary>
public sealed class GeneratorTests : TinyRuns
{
    [Fact]
    public void Two_runs_of_the_same_seed_are_equal_bit_for_bit_and_another_seed_is_not()
    {
        Fit<DroppingNet>("one");
        Fit<DroppingNet>("two");
        Fit<DroppingNet>("other", change: static options => options with { Seed = 8 });
        Assert.Equal(Tensors("one"), Tensors("two"));
        Assert.Equal(Metrics("one"), Metrics("two"));
        Assert.NotEqual(Tensors("one"), Tensors("other"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_run_interrupted_at_three_random_iterations_equals_one_that_never_was(int draw)
    {
        Fit<DroppingNet>("undisturbed");
        int[] iterations = [.. Enumerable.Range(1, 17)];
        new Random(draw).Shuffle(iterations);
        bool resume = false;
        foreach (int iteration in iterations.Take(3).Order())
        {
            Assert.False(Fit<DroppingNet>("resumed", new Recorder { StopAt = iteration }, resume).Completed);
            resume = true;
        }

        Assert.True(Fit<DroppingNet>("resumed", resume: true).Completed);
        Assert.Equal(Tensors("undisturbed"), Tensors("resumed"));
        Assert.Equal(Metrics("undisturbed"), Metrics("resumed"));
    }

    [Fact]
    public void What_an_observer_draws_changes_nothing()
    {
        Fit<DroppingNet>("alone");
        Saboteur drawing = new([.. Enumerable.Range(1, 18).Select(static i => ((long)i, (Action)(static () => torch.rand(3).Dispose())))]);
        Fit<DroppingNet>("watched", change: options => options with { Observers = [drawing] });
        Dictionary<string, string> alone = Tensors("alone");
        Dictionary<string, string> watched = Tensors("watched");

        // The state that is saved is the generator's after the observer's draw; no step looks at it.
        Assert.True(alone.Remove("random.cpu") && watched.Remove("random.cpu"));
        Assert.Equal(alone, watched);
    }
}
