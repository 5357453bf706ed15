using System.Runtime.ExceptionServices;
using ResNetGen.Data;
using ResNetGen.Distributed;
using ResNetGen.Distributed.Launching;
using ResNetGen.Tests.Training;
using ResNetGen.Training;
using TorchSharp;

namespace ResNetGen.DataParallel.Tests;

/// <summary>Runs whose ranks are threads of this process, each with a group of its own, in folders that go away with the test.</summary>
public abstract class RankThreads : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("resnetgen-ranks-").FullName;

    /// <summary>20 iterations, readings and evaluations in between that do not fall together.</summary>
    internal static Recipe Recipe { get; } = Recipes.Quick with
    {
        Length = TrainingLength.Iterations(20),
        Schedule = new OneCycle(0.1),
        BatchSize = 24,
        MeasureEvery = 7,
        Augmentation = Augmentation.PadCropFlip(1),
    };

    internal string Folder(string name) => Path.Combine(_root, name);

    /// <summary>One process.</summary>
    internal TrainingResult One<TNetwork>(string folder, Recipe? recipe = null, Recorder? recorder = null, Func<TrainerOptions, TrainerOptions>? change = null)
        where TNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>, INetwork<TNetwork>
    {
        TestNet.Rank = 0;
        TrainerOptions options = OptionsOf(folder) with { Observers = recorder is null ? [] : [recorder], Cancellation = recorder?.Token ?? default };
        return Trainer.Fit<TNetwork, TinySet>(recipe ?? Recipe, change?.Invoke(options) ?? options, TinySet.Instance);
    }

    /// <summary>Several ranks, which all come to an end of their own.</summary>
    internal Ended[] Several<TNetwork>(
        int count, string folder, Recipe? recipe = null, Recorder? recorder = null, Func<TrainerOptions, int, TrainerOptions>? change = null,
        Func<int, Recipe>? recipeOf = null, Action<int>? before = null)
        where TNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>, INetwork<TNetwork> =>
        Several<TNetwork, TinySet>(count, folder, _ => TinySet.Instance, recipe, recorder, change, recipeOf, before);

    internal Ended[] Several<TNetwork, TDataset>(
        int count, string folder, Func<int, TDataset> dataset, Recipe? recipe = null, Recorder? recorder = null,
        Func<TrainerOptions, int, TrainerOptions>? change = null, Func<int, Recipe>? recipeOf = null, Action<int>? before = null)
        where TNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>, INetwork<TNetwork>
        where TDataset : class, IImageDataset<TDataset>
    {
        int port = FreePort.Find();
        Ended[] ended = new Ended[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            TestNet.Rank = rank;
            before?.Invoke(rank);
            TrainerOptions options = OptionsOf(folder) with
            {
                Ranks = new RankEnvironment
                {
                    Rank = rank, LocalRank = rank, WorldSize = count, LocalWorldSize = count, MasterAddress = "127.0.0.1", MasterPort = port, Source = "test",
                },
                CommunicationTimeout = TimeSpan.FromSeconds(20),
                Observers = rank == 0 && recorder is not null ? [recorder] : [],
                Cancellation = rank == 0 && recorder is not null ? recorder.Token : default,
            };
            try
            {
                ended[rank] = new Ended(
                    Trainer.Fit<TNetwork, TDataset>(recipeOf?.Invoke(rank) ?? recipe ?? Recipe, change?.Invoke(options, rank) ?? options, dataset(rank)), null);
            }
            catch (Exception e)
            {
                ended[rank] = new Ended(null, e);
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        return ended;
    }

    /// <summary>The weights of all ranks are the same to the bit; those of the first.</summary>
    internal static float[] SameOnAll(int count)
    {
        for (int rank = 1; rank < count; rank++)
        {
            Assert.Equal(TestNet.Last[0], TestNet.Last[rank]);
        }

        return TestNet.Last[0];
    }

    /// <summary>
    /// The distance of two networks' parameters as vectors, relative to their length: sums of fp32 numbers in another order differ by
    /// some 1e-7 a step, and twenty steps add up.
    /// </summary>
    internal static double Distance(float[] expected, float[] actual) =>
        Math.Sqrt(expected.Zip(actual, static (a, b) => Math.Pow((double)a - b, 2)).Sum()) / Math.Sqrt(expected.Sum(static a => (double)a * a));

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
    }

    private TrainerOptions OptionsOf(string folder) => new()
    {
        Output = Folder(folder), Seed = 7, Device = ComputeDevice.Cpu, Precision = Precision.Fp32, TensorBoard = false,
    };

    /// <summary>How a rank ended.</summary>
    internal sealed record Ended(TrainingResult? Result, Exception? Failure)
    {
        /// <summary>The result of a rank that came to its end.</summary>
        public TrainingResult Done()
        {
            if (Failure is not null)
            {
                ExceptionDispatchInfo.Throw(Failure);
            }

            return Result!;
        }
    }
}
