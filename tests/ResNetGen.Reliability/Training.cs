using ResNetGen.Checkpoints;
using ResNetGen.Training;

namespace ResNetGen.Reliability;

/// <summary>All that a run must bring back: BatchNorm's statistics, momentum, dropped branches, order, augmentation, schedule.</summary>
[CifarResNet(Depth = 8, Height = 8, Width = 8, Classes = 4)]
[DropPath(0.2)]
internal sealed partial class SmallNet;

/// <summary>The run that is killed: short steps, and a checkpoint after each, so that most of its time is spent on saving.</summary>
internal static class Training
{
    public const int Iterations = 300;

    /// <summary>What the process says when its first step is near.</summary>
    public const string Ready = "ready";

    public static string Checkpoints(string output) => Path.Combine(output, "checkpoints");

    /// <summary>Trains to the end, from wherever an earlier process left the run.</summary>
    public static int Run(string output, long seed)
    {
        Fit(output, seed, new Starting());
        return 0;
    }

    public static TrainingResult Fit(string output, long seed, ITrainingObserver observer) =>
        Trainer.Fit<SmallNet, StripedSet>(
            Recipes.Quick with
            {
                Length = TrainingLength.Iterations(Iterations),
                Schedule = new OneCycle(0.1),
                BatchSize = 16,
                MeasureEvery = 4,
                Augmentation = ResNetGen.Data.Augmentation.PadCropFlip(1),
            },
            new TrainerOptions
            {
                Output = output,
                Resume = new CheckpointFolder(Checkpoints(output)).Files.Count > 0,
                Seed = seed,
                Device = ComputeDevice.Cpu,
                Precision = Precision.Fp32,
                EvaluateEvery = 25,
                CheckpointEvery = 1,
                Observers = [observer],
            },
            new StripedSet());

    private sealed class Starting : ITrainingObserver
    {
        public void OnStarted(RunDescription run) => Console.WriteLine(Ready);
    }
}
