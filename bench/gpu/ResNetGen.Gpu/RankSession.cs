using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using ResNetGen.Data;
using ResNetGen.Distributed;
using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Gpu;

/// <summary>One of the processes that <see cref="RanksRun"/> starts. What is not as it must be ends it with a message.</summary>
internal static class RankSession
{
    private const string Exchange = "exchange", Train = "train";

    // ResNet-50's parameters.
    private const int Parameters = 25_557_032;

    public static string[] Parts { get; } = [Exchange, Train];

    public static string Backend(bool rehearsal) => rehearsal ? "gloo" : "nccl";

    public static int Run(string part, Options options)
    {
        RankEnvironment environment = RankEnvironment.Read() ?? throw new BadInputException("RANK is not set: `ResNetGen.Gpu ranks` starts the ranks.");
        return part switch
        {
            Exchange => Exchanged(environment, options),
            Train => Trained(environment, options),
            _ => throw new BadInputException($"There is no part {part}: expected {string.Join(" or ", Parts)}."),
        };
    }

    /// <summary>Collective operations on numbers that fp32 adds exactly, and the time of one as large as ResNet-50's gradients.</summary>
    private static int Exchanged(RankEnvironment environment, Options options)
    {
        bool rehearsal = options.Has("--rehearse");
        using ProcessGroup group = ProcessGroup.Join(new ProcessGroupOptions
        {
            Rank = environment.Rank, WorldSize = environment.WorldSize, LocalRank = environment.LocalRank, Backend = Backend(rehearsal),
            MasterAddress = environment.MasterAddress, MasterPort = environment.MasterPort, Timeout = TimeSpan.FromMinutes(2),
        });
        using DisposeScope scope = NewDisposeScope();
        Device place = rehearsal ? CPU : device(DeviceType.CUDA, environment.LocalRank);
        int ranks = group.WorldSize, number = rehearsal ? 10_000 : Parameters;
        Tensor count = arange(1000, dtype: ScalarType.Float32, device: place);
        Tensor sum = count * (group.Rank + 1);
        group.AllReduce(sum);
        Require(Same(sum, count * (ranks * (ranks + 1) / 2)), group, "the all-reduced sum");
        Tensor last = count * group.Rank;
        group.Broadcast(last, ranks - 1);
        Require(Same(last, count * (ranks - 1)), group, "what the last rank broadcast");
        Tensor rows = group.AllGather(count * group.Rank);
        Require(Enumerable.Range(0, ranks).All(rank => Same(rows[rank], count * rank)), group, "what all ranks gathered");

        // Rank r's gradient is 2 r everywhere, and the mean one less than their number.
        Parameter weight = nn.Parameter(zeros(number, device: place));
        using GradientBuckets buckets = new(group, [("weight", weight)]);
        List<double> seconds = [];
        for (int i = 0; i < 13; i++)
        {
            weight.grad = null;
            Wait(place);
            group.Barrier();
            long started = Stopwatch.GetTimestamp();
            buckets.Expect();
            (weight * (2.0 * group.Rank)).sum().backward();
            buckets.Finish();
            Wait(place);
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        Require(Same(weight.grad!, full_like(weight, ranks - 1)), group, "the mean of the gradients");
        Write(group.Rank, options, new { way = buckets.NotShared is null ? "shared memory" : group.Backend, gradient_bytes = 4L * number, milliseconds = Math.Round(1e3 * seconds[3..].Order().ElementAt(5), 4) });
        return 0;
    }

    /// <summary>A short run of the trainer, after which all ranks have the same weights.</summary>
    private static int Trained(RankEnvironment environment, Options options)
    {
        bool rehearsal = options.Has("--rehearse");
        string folder = options.Required("--run");
        int batch = (rehearsal ? 4 : 128) * environment.WorldSize;
        Recipe recipe = Recipes.He2015Cifar with
        {
            Name = "ranks", Length = TrainingLength.Iterations(rehearsal ? 3 : 200), BatchSize = batch, RateBatchSize = batch, MeasureEvery = rehearsal ? 3 : 100,
        };
        Watcher watcher = new();
        TrainerOptions trainer = new()
        {
            Output = Path.Combine(folder, "run"), Observers = [watcher], Seed = 1, Device = rehearsal ? ComputeDevice.Cpu : ComputeDevice.Cuda, TensorBoard = false,
            CommunicationTimeout = TimeSpan.FromMinutes(2),
        };
        ComputePlan plan = ComputePlan.Decide(trainer.Device, trainer.Precision, environment);
        using Ranks ranks = Ranks.Join(environment, rehearsal ? null : plan.DeviceIndex, trainer);
        string pictures = Path.Combine(folder, "pictures");
        ranks.OnFirst(() => ProceduralPictures.Write(pictures, picturesPerFile: rehearsal ? 32 : 2_000));
        TrainingResult result = Trainer.Fit<RankNet, Cifar10>(recipe, trainer, () => Cifar10.Open(pictures), plan, ranks, restarted: false);
        string[] states = [.. ranks.Texts($"{RankNet.LastWeights} {result.LastEvaluation!.Error:R} {result.LastEvaluation.Loss:R}").Distinct()];
        if (states.Length > 1)
        {
            throw new BadInputException($"The ranks' weights or scores differ after {result.Iteration} iterations: {string.Join("; ", states)}.");
        }

        Write(environment.Rank, options, new
        {
            ranks = ranks.Description, warnings = watcher.Warnings, iterations = result.Iteration, batch,
            seconds = Math.Round(result.ElapsedSeconds, 3), error = Math.Round(100 * result.LastEvaluation.Error, 2), weights_equal = true,
        });
        return result.Completed ? 0 : 1;
    }

    /// <summary>Such as that steps could not be recorded, which they are on one GPU.</summary>
    private sealed class Watcher : ITrainingObserver
    {
        public List<string> Warnings { get; } = [];

        public void OnWarning(string message) => Warnings.Add(message);
    }

    private static bool Same(Tensor left, Tensor right)
    {
        using Tensor same = left.eq(right);
        using Tensor all = same.all();
        return all.item<bool>();
    }

    private static void Require(bool right, ProcessGroup group, string what)
    {
        if (!right)
        {
            throw new BadInputException($"Rank {group.Rank} of {group.WorldSize}: {what} is not what it must be.");
        }
    }

    private static void Wait(Device place)
    {
        if (place.type == DeviceType.CUDA)
        {
            cuda.synchronize();
        }
    }

    private static void Write<T>(int rank, Options options, T result)
    {
        if (rank == 0)
        {
            File.WriteAllText(options.Required("--output"), JsonSerializer.Serialize(result) + "\n");
        }
    }
}

/// <summary>ResNet-20 that leaves a fingerprint of its weights when it goes.</summary>
[CifarResNet(Depth = 20)]
public partial class RankNet
{
    /// <summary>The last one's.</summary>
    public static string LastWeights { get; private set; } = "";

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            LastWeights = Convert.ToHexString(SHA256.HashData([.. parameters().SelectMany(static p => p.cpu().contiguous().bytes.ToArray())]));
        }

        base.Dispose(disposing);
    }
}
