using System.Text.Json;
using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Training;

public sealed class StepTests
{
    private static readonly ComputePlan s_plan = ComputePlan.Decide(ComputeDevice.Cpu, Precision.Fp32);
    private static readonly Recipe s_recipe = Recipes.He2015Cifar with { WeightDecay = 0, BatchSize = 6 };

    private static JsonElement Golden => RecipeGolden.Of("ghost");

    [Theory]
    [InlineData(2, null, "after_ghost")]
    [InlineData(null, 2, "after_ghost")]
    [InlineData(null, null, "after_whole")]
    public void Ghost_batches_learn_as_replicas_on_several_GPUs_would(int? ghost, int? micro, string golden)
    {
        using DisposeScope scope = NewDisposeScope();
        using SmallNet network = new(batchNorm: true);
        using RunningMetrics metrics = new(CPU);
        Step(network, s_recipe with { GhostBatch = ghost, MicroBatch = micro }, metrics);
        foreach (JsonProperty entry in Golden.GetProperty(golden).EnumerateObject().Where(static e => e.Name != "bn.num_batches_tracked"))
        {
            RecipeGolden.Near(entry.Value, network.state_dict()[entry.Name], entry.Name);
        }

        // Whatever the parts, it is one iteration of six pictures.
        Assert.Equal((1, 6), (metrics.Iterations, metrics.Images));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public void Without_BatchNorm_micro_batches_make_the_step_of_the_whole_batch(int micro)
    {
        using DisposeScope scope = NewDisposeScope();
        Recipe recipe = s_recipe with { Mixing = new Mixing(Mixup: 1), LabelSmoothing = 0.1, ClipGradientNorm = 0.1 };
        using SmallNet whole = new(batchNorm: false);
        using SmallNet parts = new(batchNorm: false);
        using RunningMetrics wholeMetrics = new(CPU);
        using RunningMetrics partMetrics = new(CPU);
        for (int i = 0; i < 3; i++)
        {
            Step(whole, recipe, wholeMetrics, i);
            Step(parts, recipe with { MicroBatch = micro }, partMetrics, i);
        }

        foreach ((string name, Parameter parameter) in whole.named_parameters())
        {
            Assert.True(allclose(parameter, parts.get_parameter(name)!, rtol: 1e-5, atol: 1e-6), name);
        }

        Assert.Equal(wholeMetrics.Read().LossSum, partMetrics.Read().LossSum, 1e-5);
        Assert.Equal(wholeMetrics.Read().Wrong, partMetrics.Read().Wrong);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Clipped_gradients_are_PyTorchs(bool fused) => Assert.All(RecipeGolden.Of("clipped").EnumerateArray(), golden =>
    {
        using DisposeScope scope = NewDisposeScope();
        using Linear network = nn.Linear(3, 4);
        using Linear other = nn.Linear(1, 3);
        JsonElement gradients = RecipeGolden.Of("gradients")[1];
        network.weight.grad = gradients[0].Values(4, 3);
        other.bias!.grad = gradients[1].Values(3);
        using Sequential both = nn.Sequential(("network", network), ("other", other));
        Assert.Equal(golden.GetProperty("norm").GetDouble(), GradientNorm.Of([network.weight.grad!, other.bias.grad!]).item<float>(), 1e-5);
        using FusedGradients? all = fused ? new([.. both.named_parameters().Select(static p => (p.name, p.parameter))]) : null;
        GradientClip clip = new(both, golden.GetProperty("most").GetDouble(), all);
        Assert.Null(clip.Apply(within: false));
        RecipeGolden.Near(golden.GetProperty("weight"), network.weight.grad!);
        RecipeGolden.Near(golden.GetProperty("bias"), other.bias.grad!);
    });

    private static void Step(SmallNet network, Recipe recipe, RunningMetrics metrics, long iteration = 0)
    {
        using ParameterOptimizer optimizer = recipe.Optimizer.Create(
            DecayGroups.Of(network, recipe.WeightDecayOn).Parameters(network, recipe.WeightDecay));
        using TrainingStep step = new(network, optimizer, average: null, s_plan, recipe, seed: 1);
        Tensor labels = tensor(Golden.GetProperty("labels").EnumerateArray().Select(static v => v.GetInt64()).ToArray());
        step.Run(Golden.GetProperty("images").Values(6, 3, 2, 2), labels, iteration, rate: 0.1, metrics);
    }

    private sealed class SmallNet : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d _conv = nn.Conv2d(3, 4, 1, bias: false);
        private readonly BatchNorm2d? _bn;
        private readonly Linear _fc = nn.Linear(16, 4);

        public SmallNet(bool batchNorm) : base(nameof(SmallNet))
        {
            _bn = batchNorm ? nn.BatchNorm2d(4) : null;
            register_module("conv", _conv);
            if (_bn is not null)
            {
                register_module("bn", _bn);
            }

            register_module("fc", _fc);
            using IDisposable guard = no_grad();
            foreach ((string name, Parameter parameter) in named_parameters())
            {
                parameter.copy_(Golden.GetProperty("before").GetProperty(name).Values([.. parameter.shape]));
            }
        }

        // Registered by name above, not by its fields' names.
        protected override void RegisterComponents()
        {
        }

        public override Tensor forward(Tensor input)
        {
            Tensor x = _conv.call(input);
            return _fc.call((_bn?.call(x) ?? x).flatten(1));
        }
    }
}
