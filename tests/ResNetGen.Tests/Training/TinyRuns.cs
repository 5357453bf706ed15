using System.Text.Json;
using ResNetGen.Checkpoints;
using ResNetGen.Training;
using TorchSharp;

namespace ResNetGen.Tests.Training;

/// <summary>Runs of <see cref="TinyNet"/> in folders that go away with the test.</summary>
[Collection(Alone.Name)]
public abstract class TinyRuns : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("resnetgen-training-").FullName;

    /// <summary>6 iterations an epoch of 32 pictures, 3 epochs; readings that do not fall on the epochs' ends.</summary>
    internal static Recipe Recipe { get; } = Recipes.Quick with
    {
        Length = TrainingLength.Epochs(3),
        Schedule = new OneCycle(0.1),
        BatchSize = 32,
        MeasureEvery = 4,
        Augmentation = ResNetGen.Data.Augmentation.PadCropFlip(1),
    };

    internal string Folder(string name) => Path.Combine(_root, name);

    internal TrainingResult Fit(
        string folder, Recorder? recorder = null, bool resume = false, Recipe? recipe = null, Func<TrainerOptions, TrainerOptions>? change = null) =>
        Fit<TinyNet>(folder, recorder, resume, recipe, change);

    internal TrainingResult Fit<TNetwork>(
        string folder, Recorder? recorder = null, bool resume = false, Recipe? recipe = null, Func<TrainerOptions, TrainerOptions>? change = null)
        where TNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>, INetwork<TNetwork>
    {
        TrainerOptions options = new()
        {
            Output = Folder(folder),
            Resume = resume,
            Seed = 7,
            Device = ComputeDevice.Cpu,
            Precision = Precision.Fp32,
            Observers = recorder is null ? [] : [recorder],
            Cancellation = recorder?.Token ?? default,
        };
        return Trainer.Fit<TNetwork, TinySet>(recipe ?? Recipe, change?.Invoke(options) ?? options, TinySet.Instance);
    }

    /// <summary>Every tensor of a run's newest checkpoint, bit for bit.</summary>
    internal Dictionary<string, string> Tensors(string folder)
    {
        string path = new CheckpointFolder(Path.Combine(Folder(folder), "checkpoints")).Files[0];
        using TrainingState state = CheckpointFile.Load(path);
        return state.Tensors.ToDictionary(static t => t.Key, static t => Convert.ToHexString(t.Value.contiguous().bytes), StringComparer.Ordinal);
    }

    /// <summary>The lines of metrics.jsonl without what depends on the clock.</summary>
    internal List<string> Metrics(string folder) =>
    [
        .. File.ReadLines(Path.Combine(Folder(folder), "metrics.jsonl")).Select(static line =>
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return string.Join(' ', document.RootElement.EnumerateObject()
                .Where(static p => !ResNetGen.Reports.MetricNames.IsMeasured(p.Name))
                .Select(static p => $"{p.Name}={p.Value.GetRawText()}"));
        }),
    ];

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
    }
}
