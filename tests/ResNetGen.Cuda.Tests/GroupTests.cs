using ResNetGen.Data;
using ResNetGen.Distributed;
using ResNetGen.Distributed.Launching;
using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Cuda.Tests;

/// <summary>A test of groups over NCCL; skipped, with the reason, where there is no GPU or no NCCL.</summary>
public sealed class NcclFactAttribute : FactAttribute
{
    public NcclFactAttribute() => Skip = GpuFactAttribute.Reason ?? (ProcessGroup.Has("nccl") ? null : "ResNetGen's native library was built without nccl.h");
}

/// <summary>The same over Gloo, on the processor.</summary>
public sealed class GlooFactAttribute : FactAttribute
{
    public GlooFactAttribute() => Skip = ProcessGroup.Has("gloo") ? null : "ResNetGen's native library was built without Gloo's headers";
}

/// <summary>
/// What one GPU can show of a group: with one rank every exchange gives back what it was given, to the bit, through all that lies between.
/// bench/gpu joins as many as there are.
/// </summary>
public sealed class GroupTests
{
    [GlooFact]
    public void One_rank_exchanges_with_itself() => Exchange("gloo", CPU);

    [NcclFact]
    public void One_rank_exchanges_with_itself_over_NCCL() => Exchange("nccl", device(DeviceType.CUDA));

    [GlooFact]
    public void A_run_in_a_group_of_one_is_the_run_by_itself()
    {
        (TrainingResult alone, TrainingResult joined, _) = Train(ComputeDevice.Cpu);
        Assert.Equal(alone.LastEvaluation!.Loss, joined.LastEvaluation!.Loss);
        Assert.Equal(alone.LastEvaluation.Error, joined.LastEvaluation.Error);
    }

    [NcclFact]
    public void A_run_in_a_group_of_one_over_NCCL_is_recorded_as_one_by_itself_is()
    {
        (TrainingResult alone, TrainingResult joined, Watcher watcher) = Train(ComputeDevice.Cuda);

        // cuDNN may add in another order the second time; eight small steps carry that little further.
        Assert.Equal(alone.LastEvaluation!.Loss, joined.LastEvaluation!.Loss, 1e-3);
        Assert.Empty(watcher.Warnings);
        Assert.DoesNotContain(watcher.Run!.Notes, static note => note.Contains("not recorded", StringComparison.Ordinal));
        Assert.Contains(watcher.Run.Settings, static setting => setting.Key == "ranks" && setting.Value.Contains("nccl", StringComparison.Ordinal));
    }

    private static void Exchange(string backend, Device place)
    {
        using DisposeScope scope = NewDisposeScope();
        using ProcessGroup group = ProcessGroup.Join(new ProcessGroupOptions
        {
            Rank = 0, WorldSize = 1, MasterAddress = "127.0.0.1", MasterPort = FreePort.Find(), Backend = backend,
        });
        manual_seed(5);
        Tensor values = randn([1000], device: place);
        foreach (ReduceOperation operation in Enum.GetValues<ReduceOperation>())
        {
            Tensor reduced = values.clone();
            group.AllReduce(reduced, operation);
            Near.Same(values, reduced, $"all-reduce, {operation}");
        }

        Tensor sent = values.clone();
        group.Broadcast(sent);
        Near.Same(values, sent, "broadcast");
        Near.Same(values.unsqueeze(0), group.AllGather(values), "all-gather");
        group.Barrier();

        // Buckets of 1 kB: several travel while the backward pass goes on.
        (string Name, Parameter Parameter)[] weights = [.. Enumerable.Range(0, 9).Select(i => ($"w{i}", nn.Parameter(randn([100 + i], device: place))))];
        Backward(weights);
        Tensor[] expected = [.. weights.Select(static w => w.Parameter.grad!.clone())];
        using GradientBuckets buckets = new(group, weights, bucketBytes: 1024);
        for (int step = 0; step < 3; step++)
        {
            foreach ((_, Parameter weight) in weights) weight.grad = null;
            buckets.Expect();
            Backward(weights);
            buckets.Finish();
            for (int i = 0; i < weights.Length; i++) Near.Same(expected[i], weights[i].Parameter.grad!, weights[i].Name);
        }
    }

    private static void Backward((string Name, Parameter Parameter)[] weights)
    {
        using Tensor sum = weights.Select(static w => w.Parameter.pow(3).sum()).Aggregate(static (a, b) => a + b);
        sum.backward();
    }

    /// <summary>The same run by itself and as the only rank of a group.</summary>
    private static (TrainingResult Alone, TrainingResult Joined, Watcher Watcher) Train(ComputeDevice device)
    {
        string root = Directory.CreateTempSubdirectory("resnetgen-group-").FullName;
        try
        {
            Watcher watcher = new();
            TrainerOptions alone = new()
            {
                Output = Path.Combine(root, "alone"), Seed = 3, Device = device, Precision = Precision.Fp32, TensorBoard = false,
            };
            TrainerOptions joined = alone with
            {
                Output = Path.Combine(root, "joined"),
                Observers = [watcher],
                Ranks = new RankEnvironment { Rank = 0, WorldSize = 1, MasterAddress = "127.0.0.1", MasterPort = FreePort.Find(), Source = "test" },
            };
            Recipe recipe = Recipes.He2015Cifar with { Name = "group", Length = TrainingLength.Iterations(8), BatchSize = 8, RateBatchSize = 8, Augmentation = Augmentation.None };
            return (Trainer.Fit<SmallNet, NoiseSet>(recipe, alone, new NoiseSet()), Trainer.Fit<SmallNet, NoiseSet>(recipe, joined, new NoiseSet()), watcher);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private sealed class Watcher : ITrainingObserver
    {
        public RunDescription? Run { get; private set; }

        public List<string> Warnings { get; } = [];

        public void OnStarted(RunDescription run) => Run = run;

        public void OnWarning(string message) => Warnings.Add(message);
    }
}
