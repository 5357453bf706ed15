using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;
using ResNetGen.Native;
using ResNetGen.Planning;
using ResNetGen.Tests.Export;
using ResNetGen.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Inference;

/// <summary>Plans give what the network gives, in every way that they run.</summary>
public sealed class InferencePlanTests
{
    // The same products summed in another order, with normalisations multiplied into weights: float32 rounding over all layers.
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Names => [.. OnnxCase.Small.Select(static each => each.Name), .. PlannedNetworks.All.Select(static each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_plan_gives_what_the_network_gives(string name)
    {
        OnnxCase network = OnnxCase.Small.Concat(PlannedNetworks.All).Single(each => each.Name == name);
        using nn.Module<Tensor, Tensor> module = network.Filled();
        float[] expected = network.Forward(module, OnnxCase.Batch);
        using InferencePlan fused = Plan(network, module, isFused: true), portable = Plan(network, module, isFused: false);
        Assert.Equal(InferenceProgram.IsAvailable, fused.IsFused);
        Assert.False(portable.IsFused);
        using Tensor images = Images(network, OnnxCase.Batch), one = images.slice(0, 1, 2, 1);
        foreach (InferencePlan plan in new[] { fused, portable })
        {
            using Tensor found = plan.Run(images), again = plan.Run(images), single = plan.Run(one);
            Assert.True(Difference(expected, found) <= Tolerance, $"{plan.Description}: {Difference(expected, found):E1} of the largest output");
            Assert.True(found.Equals(again), "two runs differ");
            float[] middle = expected[(expected.Length / 3)..(2 * expected.Length / 3)];
            Assert.True(Difference(middle, single) <= Tolerance, $"{plan.Description}: one image, {Difference(middle, single):E1}");
        }

        if (fused.Runner is FusedRunner runner)
            Regions.RequireApart(runner.Program.Regions);
    }

    // Formula weights make maps of every size and sign, which no training would: there rounding to 8 bits shows more. Fresh weights keep
    // variances as training has them; the tolerance is that of a rounding of 2⁻⁹ in each of some twenty layers, added up.
    [Fact]
    public void Bfloat16_moves_the_largest_logit_by_per_cents()
    {
        manual_seed(3);
        foreach (OnnxCase network in new[] { OnnxCase.Of<ResNet20>(), OnnxCase.Of<PlannedResNet18>(), OnnxCase.Of<UnitFull>(), OnnxCase.Of<Squeeze>() })
        {
            using nn.Module<Tensor, Tensor> module = network.Create();
            module.eval();
            float[] expected = network.Forward(module, OnnxCase.Batch);
            using Tensor images = Images(network, OnnxCase.Batch);
            foreach (bool isFused in new[] { true, false })
            {
                using InferencePlan plan = Plan(network, module, isFused, Precision.BFloat16);
                Assert.Contains("bf16", plan.Description, StringComparison.Ordinal);
                using Tensor found = plan.Run(images);
                Assert.Equal(ScalarType.Float32, found.dtype);
                Assert.True(Difference(expected, found) is > 0 and <= 0.03, $"{plan.Description}: {Difference(expected, found):E1}");
            }
        }
    }

    [Fact]
    public void Every_kind_of_layer_can_be_planned()
    {
        IEnumerable<string> kinds = typeof(Layer).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract).Select(static type => type.Name);
        Assert.Equal(kinds.Order(StringComparer.Ordinal), PlanLayers.Kinds.Select(static kind => kind.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(3, 7, 5)]
    [InlineData(4, 2, 9)]
    [InlineData(2, 6, 4)]
    [InlineData(3, 3, 3)]
    public void Means_over_a_grid(int cells, int height, int width)
    {
        var builder = new PlanBuilder("grid", new Dictionary<string, Tensor>());
        var input = new Map(new Shape(3, height, width));
        Map output = PlanLayers.Add(builder, new GlobalAvgPool("pool", cells), "pool", input);
        var graph = new OperationGraph(builder.Operations, input, output);
        using Tensor images = rand(2, 3, height, width), expected = nn.functional.adaptive_avg_pool2d(images, cells);
        using var runner = new PortableRunner(graph, outputIsVector: false, bfloat16: false, CPU, "a test");
        using Tensor found = runner.Run(images);
        Assert.True(expected.allclose(found, rtol: 1e-6, atol: 1e-6));
        found.zero_();
        Assert.True(images.max().item<float>() > 0, "the caller's images were written over");
    }

    [Fact]
    public void A_plan_keeps_its_own_weights()
    {
        OnnxCase network = OnnxCase.Of<CifarB>();
        using Tensor images = Images(network, 1);
        nn.Module<Tensor, Tensor> module = network.Filled();
        float[] expected = network.Forward(module, 1);
        using InferencePlan fused = Plan(network, module, isFused: true), portable = Plan(network, module, isFused: false);
        using (no_grad())
        {
            foreach (Tensor parameter in module.parameters())
                parameter.zero_();
        }

        module.Dispose();
        using Tensor first = fused.Run(images), second = portable.Run(images);
        Assert.True(Difference(expected, first) <= Tolerance);
        Assert.True(Difference(expected, second) <= Tolerance);
    }

    [Fact]
    public void Planning_changes_nothing_in_the_network()
    {
        using CifarB network = CifarB.Create();
        network.train();
        Dictionary<string, Tensor> before = network.state_dict().ToDictionary(static entry => entry.Key, static entry => entry.Value.clone());
        using InferencePlan plan = network.PrepareInference();
        Assert.True(network.training);
        Assert.All(network.state_dict(), entry => Assert.True(before[entry.Key].Equals(entry.Value), entry.Key));
        Assert.All(network.parameters(), static parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public async Task Threads_wait_for_each_other()
    {
        OnnxCase network = OnnxCase.Of<CifarB>();
        using nn.Module<Tensor, Tensor> module = network.Filled();
        using InferencePlan plan = Plan(network, module, isFused: true);
        float[] expected = network.Forward(module, OnnxCase.Batch);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using Tensor images = Images(network, OnnxCase.Batch);
            for (int i = 0; i < 10; i++)
            {
                using Tensor found = plan.Run(images);
                Assert.True(Difference(expected, found) <= Tolerance);
            }
        })));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using CifarB network = CifarB.Create();
        InferencePlan plan = network.PrepareInference(new InferenceOptions { BatchSize = 2 });
        Shape input = CifarB.Architecture.Input;
        using Tensor small = zeros(1, 3, 8, 8), flat = zeros(3, 32, 32), many = zeros(3, input.Channels, input.Height, input.Width);
        Assert.StartsWith($"CifarB takes [N, {input.Channels}, {input.Height}, {input.Width}], got [1, 3, 8, 8].", Assert.Throws<ArgumentException>(() => plan.Run(small)).Message, StringComparison.Ordinal);
        Assert.Contains("got [3, 32, 32]", Assert.Throws<ArgumentException>(() => plan.Run(flat)).Message, StringComparison.Ordinal);
        Assert.Contains("takes 1 to 2 images, got 3. Prepare one with InferenceOptions.BatchSize = 3", Assert.Throws<ArgumentException>(() => plan.Run(many)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.PrepareInference(new InferenceOptions { BatchSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.PrepareInference(new InferenceOptions { Threads = 0 }));
        Assert.Contains("is not what its architecture says", Assert.Throws<InvalidOperationException>(() => network.PrepareInference(CifarC.Architecture)).Message, StringComparison.Ordinal);
        plan.Dispose();
        plan.Dispose();
        using Tensor right = many.slice(0, 0, 2, 1);
        Assert.Throws<ObjectDisposedException>(() => plan.Run(right));
    }

    private static InferencePlan Plan(OnnxCase network, nn.Module<Tensor, Tensor> module, bool isFused, Precision precision = Precision.Fp32) =>
        NetworkInference.Prepare(module, network.Architecture, new InferenceOptions { BatchSize = OnnxCase.Batch, Precision = precision }, isFused);

    private static Tensor Images(OnnxCase network, int batch)
    {
        Shape input = network.Architecture.Input;
        return tensor(network.Images(batch), [batch, input.Channels, input.Height, input.Width]);
    }

    private static double Difference(float[] expected, Tensor found)
    {
        float[] values = found.data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        return expected.Zip(values, static (one, other) => (double)Math.Abs(one - other)).Max(static each => double.IsNaN(each) ? double.PositiveInfinity : each)
            / expected.Max(static each => Math.Abs(each));
    }
}
