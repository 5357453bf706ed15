using System.Globalization;
using ResNetGen.Checkpoints;
using ResNetGen.Distributed;
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

    /// <summary>Before that, under torchrun: which of its starts this is, and where the run goes on.</summary>
    public const string Start = "start ";

    /// <summary>What a process of several ends with when another was lost.</summary>
    public const int PeerLost = 75;

    public static string Checkpoints(string output) => Path.Combine(output, "checkpoints");

    /// <summary>Trains to the end, from wherever an earlier process left the run.</summary>
    public static int Run(string output, long seed)
    {
        try
        {
            Fit(output, seed, new Starting());
            return 0;
        }
        catch (PeerLostException e)
        {
            Console.Error.WriteLine("error: " + e.Message);
            return PeerLost;
        }
        catch (BadInputException e)
        {
            Console.Error.WriteLine("error: " + e.Message);
            return 1;
        }
    }

    // What torchrun's restart means is the trainer's own business: nobody tells it to resume.
    private static int? Restarts { get; } = Environment.GetEnvironmentVariable("TORCHELASTIC_RESTART_COUNT") is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : null;

    public static TrainingResult Fit(string output, long seed, ITrainingObserver observer) =>
        Trainer.Fit<SmallNet, StripedSet>(
            Recipes.Quick with
            {
                Length = TrainingLength.Iterations(Iterations),
                Schedule = new OneCycle(0.1),
                // Two and three processes can share it.
                BatchSize = 18,
                MeasureEvery = 4,
                Augmentation = ResNetGen.Data.Augmentation.PadCropFlip(1),
            },
            new TrainerOptions
            {
                Output = output,
                Resume = Restarts is null && new CheckpointFolder(Checkpoints(output)).Files.Count > 0,
                Seed = seed,
                Device = ComputeDevice.Cpu,
                Precision = Precision.Fp32,
                EvaluateEvery = 25,
                CheckpointEvery = 1,
                Observers = [observer],
                CommunicationTimeout = PeerGroup.Timeout,
            },
            new StripedSet());

    private sealed class Starting : ITrainingObserver
    {
        public void OnStarted(RunDescription run)
        {
            if (Restarts is { } count)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Start}{count} from iteration {run.StartIteration}"));
            }

            Console.WriteLine(Ready);
        }
    }
}
