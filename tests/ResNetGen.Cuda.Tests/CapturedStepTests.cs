using ResNetGen.Architecture;
using ResNetGen.Data;
using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Cuda.Tests;

/// <summary>
/// A recorded step is the step made operation by operation, bit for bit: on the processor with a recording that repeats its work, which
/// proves what lies in tensors and what is counted outside; on a GPU with graphs.
/// </summary>
public sealed class CapturedStepTests
{
    private const int Steps = 9;

    private static readonly Recipe Plain = Recipes.He2015Cifar with { BatchSize = 8, WeightDecay = 1e-3 };

    private static readonly Recipe Everything = Plain with
    {
        GhostBatch = 4,
        ClipGradientNorm = 0.5,
        LabelSmoothing = 0.1,
        Mixing = new Mixing(Mixup: 0.3, Cutmix: 1, Probability: 0.6),
        Average = new WeightAverage(0.9),
        Optimizer = new Sgd(0.9, Nesterov: true),
    };

    [NativeFact]
    public void A_repeated_step_is_the_eager_one() => RequireEqual(Plain, Repetition.Of, CPU);

    [NativeFact]
    public void So_it_is_with_all_that_a_recipe_can_ask_for() => RequireEqual(Everything, Repetition.Of, CPU);

    [GpuFact]
    public void A_graph_is_the_eager_step() => OnGpu(() => RequireEqual(Plain, GraphRecording.Of, device(DeviceType.CUDA)));

    [GpuFact]
    public void So_it_is_on_a_gpu_with_all_that_a_recipe_can_ask_for() => OnGpu(() => RequireEqual(Everything, GraphRecording.Of, device(DeviceType.CUDA)));

    [NativeFact]
    public void A_batch_of_another_size_is_learned_too()
    {
        using TestRun run = new(Plain, CPU);
        using IStepRunner step = run.Captured(Repetition.Of);
        for (int i = 0; i < Steps; i++) run.Learn(step, i, rate: 0.1, count: i == 6 ? 5 : 8);
        step.Settle(run.Metrics);
        Assert.Equal(Steps, run.Metrics.Iterations);
        Assert.Equal((Steps * 8) - 3, run.Metrics.Images);
        Assert.Equal(1, run.Recordings);
    }

    [NativeFact]
    public void A_step_that_is_not_finite_holds_everything_back_until_it_is_named() => NotFinite(Repetition.Of, CPU);

    [GpuFact]
    public void A_graph_that_is_not_finite_holds_everything_back_until_it_is_named() =>
        OnGpu(() => NotFinite(GraphRecording.Of, device(DeviceType.CUDA)));

    [NativeFact]
    public void Where_recording_fails_the_run_goes_on_and_says_so()
    {
        using TestRun plain = new(Plain, CPU);
        using TestRun refused = new(Plain, CPU);
        using IStepRunner eager = plain.Eager();
        using IStepRunner captured = refused.Captured(static _ => throw new System.Runtime.InteropServices.ExternalException("no graphs today"));
        for (int i = 0; i < Steps; i++)
        {
            plain.Learn(eager, i, 0.1);
            refused.Learn(captured, i, 0.1);
        }

        refused.RequireSame(plain);
        Assert.Contains("no graphs today", Assert.Single(refused.Warnings));
    }

    private static void RequireEqual(Recipe recipe, Func<Action, IRecording> record, Device device)
    {
        using TestRun one = new(recipe, device);
        using TestRun other = new(recipe, device);
        using IStepRunner eager = one.Eager();
        using IStepRunner captured = other.Captured(record);
        for (int i = 0; i < Steps; i++)
        {
            double rate = 0.1 / (i + 1);
            one.Learn(eager, i, rate);
            other.Learn(captured, i, rate);
        }

        captured.Settle(other.Metrics);
        Assert.Empty(other.Warnings);
        Assert.Equal(recipe.Mixing is null ? 1 : 2, other.Recordings);
        other.RequireSame(one);
    }

    private static void NotFinite(Func<Action, IRecording> record, Device device)
    {
        using TestRun run = new(Plain, device);
        using IStepRunner step = run.Captured(record);
        for (int i = 0; i < 6; i++) run.Learn(step, i, rate: 0.1 / (i + 1));
        step.Settle(run.Metrics);
        using (no_grad()) run.Network.parameters().First()[0, 0, 0, 0] = float.PositiveInfinity;
        using TestRun frozen = new(Plain, device);
        frozen.Network.load_state_dict(run.Network.state_dict());
        for (int i = 6; i < Steps; i++) run.Learn(step, i, rate: 0.1 / (i + 1));
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in run.Network.named_parameters())
        {
            Near.Same(frozen.Network.get_parameter(name)!, parameter, name);
        }

        NotFiniteException found = Assert.Throws<NotFiniteException>(() => step.Settle(run.Metrics));
        Assert.Equal(6, found.Iteration);
        Assert.Equal(0.1 / 7, found.Rate);
        Assert.Equal("conv1", found.Layer);
    }

    private static void OnGpu(Action test)
    {
        using RunStream stream = new(device(DeviceType.CUDA));
        test();
    }

    /// <summary>A recording of the processor's: the work again.</summary>
    private sealed class Repetition(Action work) : IRecording
    {
        public static IRecording Of(Action work) => new Repetition(work);

        public void Replay() => work();

        public void Dispose()
        {
        }
    }
}
