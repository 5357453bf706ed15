using System.Diagnostics;
using System.Text.Json;
using ResNetGen.Data;
using ResNetGen.Training;

namespace ResNetGen.Gpu;

/// <summary>
/// ResNet-20 by the paper's recipe, from the first picture to the last evaluation, under a clock. A run that was stopped goes on at its
/// last checkpoint; its seconds add up.
/// </summary>
internal static class CifarRun
{
    public static int Run(Options options)
    {
        bool rehearsal = options.Has("--rehearse");
        string folder = options.Required("--run");
        string checkpoints = Path.Combine(folder, "checkpoints");
        string? data = options.Text("--data");
        bool real = data is not null && Directory.Exists(Path.Combine(data, "cifar-10-batches-bin"));
        Recipe recipe = rehearsal
            ? Recipes.He2015Cifar with { Name = "rehearsal", Length = TrainingLength.Iterations(6), BatchSize = 8, RateBatchSize = 8, MeasureEvery = 3 }
            : Recipes.He2015Cifar;
        Cifar10 pictures = Cifar10.Open(real ? data! : ProceduralPictures.Write(Path.Combine(folder, "pictures"), picturesPerFile: rehearsal ? 32 : 10_000));
        TrainerOptions trainer = new()
        {
            Output = folder,
            Resume = Directory.Exists(checkpoints) && Directory.EnumerateFileSystemEntries(checkpoints).Any(),
            Seed = 1,
            Device = rehearsal ? ComputeDevice.Cpu : ComputeDevice.Cuda,

            // The paper's curve has a point an epoch; here the clock counts.
            EvaluateEvery = rehearsal ? 6 : 8_000,
            CheckpointEvery = rehearsal ? 6 : 8_000,
            TensorBoard = false,
            Observers = [new Warnings()],
        };
        long started = Stopwatch.GetTimestamp();
        TrainingResult result = Trainer.Fit<ResNet20, Cifar10>(recipe, trainer, pictures);
        string text = JsonSerializer.Serialize(new
        {
            rehearsal,
            recipe = recipe.Name,
            pictures = pictures.Description,
            iterations = result.Iteration,
            completed = result.Completed,
            seconds = Math.Round(result.ElapsedSeconds, 3),
            seconds_with_opening = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3),
            error = result.LastEvaluation is { } last ? Math.Round(100 * last.Error, 2) : (double?)null,
            peak_resident_bytes = result.PeakMemoryBytes,
        });
        File.WriteAllText(options.Required("--output"), text + "\n");
        Console.WriteLine(text);
        return result.Completed ? 0 : 1;
    }

    private sealed class Warnings : ITrainingObserver
    {
        public void OnWarning(string message) => Console.Error.WriteLine(message);

        public void OnMetrics(TrainingMetrics metrics)
        {
            if (metrics.Iteration % 1_000 == 0)
            {
                Console.Error.WriteLine($"iteration {metrics.Iteration}: loss {metrics.Loss:F4}, {metrics.ImagesPerSecond:F0} images/s, {metrics.ElapsedSeconds:F1} s");
            }
        }
    }
}
