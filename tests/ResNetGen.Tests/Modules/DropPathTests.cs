using ResNetGen.Modules;
using ResNetGen.Tests.Families;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Modules;

public sealed class DropPathTests
{
    [Fact]
    public void In_training_images_are_dropped_whole_and_the_others_scaled_up()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        using var drop = new DropPath(0.25);
        Tensor dropped = drop.call(ones(4000, 3, 2, 2));
        float[] images = dropped.amax(1, 2, 3).data<float>().ToArray();
        Assert.Equal(images, dropped.amin(1, 2, 3).data<float>().ToArray());
        Assert.All(images, image => Assert.True(image == 0 || Math.Abs(image - (4f / 3)) < 1e-6, $"{image}"));

        // 0.25 within five standard deviations.
        Assert.InRange(images.Count(image => image == 0) / 4000.0, 0.25 - 0.035, 0.25 + 0.035);
    }

    [Fact]
    public void In_evaluation_nothing_changes()
    {
        using DisposeScope scope = NewDisposeScope();
        using var drop = new DropPath(0.9);
        drop.eval();
        Tensor images = randn(4, 3, 2, 2);
        Assert.Equal(images.data<float>().ToArray(), drop.call(images).data<float>().ToArray());
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_rate_that_is_no_probability_is_refused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>("rate", () => new DropPath(rate));

    // timm's linear rule: linspace over the blocks, whatever stage they stand in.
    [Fact]
    public void Rates_grow_linearly_from_the_first_block_to_the_last()
    {
        using var network = new DropPath34();
        double[] rates = [.. network.modules().OfType<DropPath>().Select(drop => drop.Rate)];
        Assert.Equal(16, rates.Length);
        for (int i = 0; i < rates.Length; i++)
            Assert.Equal(0.2 * i / 15, rates[i], precision: 12);
    }

    // Blocks of one stage that are alike in everything else are made by one loop.
    [Fact]
    public void Rates_grow_inside_a_stage_of_equal_blocks()
    {
        using var network = new OneStage();
        double[] rates = [.. network.modules().OfType<DropPath>().Select(drop => drop.Rate)];
        Assert.Equal([0, 0.15, 0.3], rates.Select(rate => Math.Round(rate, 12)));
    }
}
