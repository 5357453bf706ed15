using System.Text.Json;
using ResNetGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Training;

public sealed class OptimizerTests
{
    [Theory]
    [InlineData("sgd", false)]
    [InlineData("sgd_nesterov", true)]
    public void Steps_of_SGD_are_PyTorchs(string golden, bool nesterov) =>
        StepsAre(RecipeGolden.Of(golden), new Sgd(0.9, nesterov), rate: 0.1, decay: 0.1);

    [Theory]
    [InlineData("lamb", 1.0)]
    [InlineData("lamb_unclipped", null)]
    public void Steps_of_LAMB_are_the_papers(string golden, double? longest) =>
        StepsAre(RecipeGolden.Of(golden).GetProperty("steps"), new Lamb(MaxGradientNorm: longest), rate: 0.01, decay: 0.02);

    [Fact]
    public void LAMBs_means_and_squares_are_the_papers()
    {
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<ParameterGroup> groups = Groups(0.02);
        using ParameterOptimizer optimizer = new Lamb().Create(groups);
        Step(optimizer, 0.01, 0, 3, groups);
        JsonElement golden = RecipeGolden.Of("lamb");
        RecipeGolden.Near(golden.GetProperty("mean"), optimizer.Capture()["fc.weight.exp_avg"]);
        RecipeGolden.Near(golden.GetProperty("square"), optimizer.Capture()["fc.weight.exp_avg_sq"]);
        Assert.Equal(3, optimizer.Capture()["step"].item<long>());
    }

    public static TheoryData<OptimizerSettings> All => [new Sgd(0.9, Nesterov: true), new Lamb()];

    [Theory]
    [MemberData(nameof(All))]
    public void Another_optimizer_goes_on_where_one_was_put_down(OptimizerSettings settings)
    {
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<ParameterGroup> groups = Groups(0.02);
        using ParameterOptimizer undisturbed = settings.Create(groups);
        Step(undisturbed, 0.1, 0, 2, groups);
        Dictionary<string, Tensor> put = undisturbed.Capture().ToDictionary(static p => p.Key, static p => p.Value.clone());
        IReadOnlyList<ParameterGroup> again = [.. groups.Select(static group => group with
        {
            Parameters = [.. group.Parameters.Select(static p => (p.Name, new Parameter(p.Parameter.detach().clone())))],
        })];
        Step(undisturbed, 0.1, 2, 3, groups);
        using ParameterOptimizer other = settings.Create(again);
        other.Restore(put);
        Step(other, 0.1, 2, 3, again);
        Assert.All(groups.Zip(again), static pair => Assert.True(
            pair.First.Parameters[0].Parameter.bytes.SequenceEqual(pair.Second.Parameters[0].Parameter.bytes)));
    }

    [Fact]
    public void A_state_that_is_not_its_own_is_refused_by_name()
    {
        using DisposeScope scope = NewDisposeScope();
        using ParameterOptimizer lamb = new Lamb().Create(Groups(0));
        Assert.Equal("Its optimizer has no \"step\".",
            Assert.Throws<FormatException>(() => lamb.Restore(new Dictionary<string, Tensor>())).Message);
        Dictionary<string, Tensor> wrong = new() { ["fc.weight.momentum_buffer"] = zeros(7) };
        using ParameterOptimizer sgd = new Sgd().Create(Groups(0));
        Assert.Equal("Its optimizer's \"fc.weight.momentum_buffer\" has shape [7]; expected [4, 3].",
            Assert.Throws<FormatException>(() => sgd.Restore(wrong)).Message);
    }

    [Fact]
    public void LAMB_leaves_weights_of_nothing_and_parameters_without_gradient_in_peace()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter zero = new(zeros(3));
        Parameter idle = new(ones(3));
        using ParameterOptimizer optimizer = new Lamb().Create([new ParameterGroup([("zero", zero), ("idle", idle)], 0.02)]);
        zero.grad = ones(3).mul_(0.1);
        optimizer.Step(0.01);

        // The ratio of nothing to a step is taken as 1: Adam's first step is the rate itself.
        Assert.All(zero.data<float>().ToArray(), static value => Assert.Equal(-0.01, value, 1e-6));
        Assert.All(idle.data<float>().ToArray(), static value => Assert.Equal(1, value));
    }

    private static void StepsAre(JsonElement golden, OptimizerSettings settings, double rate, double decay)
    {
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<ParameterGroup> groups = Groups(decay);
        using ParameterOptimizer optimizer = settings.Create(groups);
        for (int step = 0; step < 3; step++)
        {
            Step(optimizer, rate, step, step + 1, groups);
            RecipeGolden.Near(golden[step][0], groups[0].Parameters[0].Parameter, $"weight after step {step + 1}");
            RecipeGolden.Near(golden[step][1], groups[1].Parameters[0].Parameter, $"bias after step {step + 1}");
        }
    }

    private static IReadOnlyList<ParameterGroup> Groups(double decay) =>
    [
        new([("fc.weight", new Parameter(RecipeGolden.Of("weight").Values(4, 3)))], decay),
        new([("fc.bias", new Parameter(RecipeGolden.Of("bias").Values(3)))], 0),
    ];

    private static void Step(ParameterOptimizer optimizer, double rate, int from, int to, IReadOnlyList<ParameterGroup> groups)
    {
        for (int step = from; step < to; step++)
        {
            JsonElement gradients = RecipeGolden.Of("gradients")[step];
            groups[0].Parameters[0].Parameter.grad = gradients[0].Values(4, 3);
            groups[1].Parameters[0].Parameter.grad = gradients[1].Values(3);
            optimizer.Step(rate);
        }
    }
}
