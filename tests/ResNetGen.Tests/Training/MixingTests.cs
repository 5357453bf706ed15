using System.Text.Json;
using ResNetGen.Data;
using ResNetGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Training;

public sealed class MixingTests
{
    [Fact]
    public void Mixed_pictures_are_PyTorchs_and_the_batch_stays_as_it_is()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = RecipeGolden.Of("ghost").GetProperty("images").Values(6, 3, 2, 2);
        Tensor before = images.clone();
        JsonElement golden = RecipeGolden.Of("mixed");
        SubBatch whole = Assert.Single(SubBatch.Of(6, null));
        RecipeGolden.Near(golden.GetProperty("mixup"), BatchMixer.Mix(images, whole.TakeReversed(images, CPU), new MixDraw(0.3, null)));
        MixDraw cut = new(0.75, new MixBox(Top: 0, Left: 1, Height: 1, Width: 1));
        RecipeGolden.Near(golden.GetProperty("cutmix"), BatchMixer.Mix(images, whole.TakeReversed(images, CPU), cut), tolerance: 0);
        Assert.True(before.bytes.SequenceEqual(images.bytes));

        // Parts of a batch are mixed with the partners that they have in the whole.
        Tensor parts = cat([.. SubBatch.Of(6, 4).Select(part => BatchMixer.Mix(part.Take(images, CPU), part.TakeReversed(images, CPU), cut))]);
        RecipeGolden.Near(golden.GetProperty("cutmix"), parts, tolerance: 0);
    }

    [Fact]
    public void Rectangles_are_those_of_the_paper_in_whole_pixels() => Assert.All(RecipeGolden.Of("boxes").EnumerateArray(), static golden =>
    {
        MixBox box = MixBox.Of(golden.GetProperty("weight").GetDouble(), 16, 20, golden.GetProperty("y").GetInt32(), golden.GetProperty("x").GetInt32());
        Assert.Equal(golden.GetProperty("rows").GetInt32(), box.Height);
        Assert.Equal(golden.GetProperty("columns").GetInt32(), box.Width);
        Assert.Equal(golden.GetProperty("top").GetInt32(), box.Top);
        Assert.Equal(golden.GetProperty("left").GetInt32(), box.Left);
        Assert.Equal(golden.GetProperty("left_weight").GetDouble(), box.WeightLeft(16, 20), 1e-12);
    });

    // Distribution functions in closed form: the arcsine law, the uniform one, and two polynomials.
    public static TheoryData<double, Func<double, double>> Betas => new()
    {
        { 0.5, static x => 2 / Math.PI * Math.Asin(Math.Sqrt(x)) },
        { 1, static x => x },
        { 2, static x => x * x * (3 - (2 * x)) },
        { 3, static x => x * x * x * (10 - (15 * x) + (6 * x * x)) },
    };

    [Theory]
    [MemberData(nameof(Betas))]
    public void Weights_follow_the_beta_distribution(double alpha, Func<double, double> distribution)
    {
        const int Count = 20_000;
        CounterSequence random = new(seed: 3, CounterRandom.Stream.Mixing, iteration: 0);
        double[] drawn = [.. Enumerable.Range(0, Count).Select(_ => BetaDistribution.Draw(alpha, random.Uniform)).Order()];

        // Kolmogorov and Smirnov: 1.63 / sqrt(n) is passed by one honest sample in a hundred; these numbers are always the same.
        Assert.True(drawn.Select((x, i) => Math.Abs(distribution(x) - ((i + 0.5) / Count))).Max() < 1.63 / Math.Sqrt(Count));
    }

    [Fact]
    public void A_small_alpha_gives_weights_near_the_ends_and_never_none()
    {
        CounterSequence random = new(seed: 4, CounterRandom.Stream.Mixing, iteration: 0);
        double[] drawn = [.. Enumerable.Range(0, 20_000).Select(_ => BetaDistribution.Draw(0.1, random.Uniform))];
        Assert.All(drawn, static x => Assert.InRange(x, 0, 1));
        Assert.Equal(0.5, drawn.Average(), 0.01);

        // The variance of Beta(a, a) is 1 / (4 (2a + 1)).
        Assert.Equal(1 / 4.8, drawn.Average(static x => (x - 0.5) * (x - 0.5)), 0.005);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.InRange(BetaDistribution.Draw(1e-4, random.Uniform), 0, 1));
    }

    [Fact]
    public void A_draw_is_a_function_of_seed_and_iteration()
    {
        Mixing mixing = new(Mixup: 0.1, Cutmix: 1, Switch: 0.5, Probability: 0.8);
        MixDraw[] draws = [.. Enumerable.Range(0, 2_000).Select(i => MixDraw.Of(mixing, seed: 9, i, 32, 32))];
        Assert.Equal(draws[1234], MixDraw.Of(mixing, 9, 1234, 32, 32));
        Assert.NotEqual(draws[..20], Enumerable.Range(0, 20).Select(i => MixDraw.Of(mixing, seed: 10, i, 32, 32)));
        Assert.Equal(0.4, draws.Count(static d => d.Box is not null) / 2000.0, 0.04);
        Assert.Equal(0.2, draws.Count(static d => d == MixDraw.None) / 2000.0, 0.04);
        Assert.All(draws.Where(static d => d.Box is not null), static d => Assert.Equal(d.Box!.Value.WeightLeft(32, 32), d.Weight));
    }
}
