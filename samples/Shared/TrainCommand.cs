using System.Globalization;
using ResNetGen.Native;
using ResNetGen.Reports;
using ResNetGen.Training;

namespace ResNetGen.Samples;

/// <summary>One run from start to exit code, with what a terminal wants to see of it.</summary>
internal static class TrainCommand
{
    /// <summary>Trains.</summary>
    /// <param name="request">The run.</param>
    /// <param name="arguments">What was typed, for the command that goes on.</param>
    /// <param name="output">Where progress goes.</param>
    /// <returns>The exit code.</returns>
    public static int Run<TDataset>(RunRequest<TDataset> request, IReadOnlyList<string> arguments, TextWriter output)
        where TDataset : class, IImageDataset<TDataset>
    {
        if (request.Processes.Count > 1)
        {
            request.Recipe.RequireShares(request.Processes.Count);
            string runs = Folder(request);
            return SeveralProcesses.Run(request.Processes, arguments, runs, () => [Path.Combine(runs, "checkpoints")]);
        }

        using TrainingSignals signals = new();
        TorchLibrary.OpenInBackground();
        // What can be refused at once is refused before a download. Without a wish nothing can be, and libtorch is opened while the
        // pictures are read.
        if (request.Device == ComputeDevice.Cuda || request.Precision == Precision.BFloat16)
        {
            ComputePlan.Decide(request.Device, request.Precision);
        }

        string folder = Folder(request);
        string resume = ResumeCommand.For(arguments, folder);
        ITrainingObserver reporter = Reporters.For(output);
        using IDisposable? display = reporter as IDisposable;
        TrainingResult result;
        try
        {
            TDataset data = request.Open(signals.Token);
            result = request.Network.Fit(request.Recipe, new TrainerOptions
            {
                Output = folder,
                Resume = request.Resume,
                Seed = request.Seed,
                Device = request.Device,
                Precision = request.Precision,
                CheckpointEvery = request.CheckpointEvery,
                Keep = request.Keep,
                LimitBatches = request.LimitBatches,
                Observers = [reporter],
                Cancellation = signals.Token,
                SynchronizedBatchNorm = request.Processes.SynchronizedBatchNorm,
                CommunicationTimeout = request.Processes.Timeout,
            }, data);
        }
        catch (OperationCanceledException) when (signals.ExitCode != 0)
        {
            output.WriteLine("interrupted before the first step: " + (request.Resume ? "nothing was changed; resume with: " + resume : "there is nothing to resume"));
            return Ended(signals, output);
        }

        if (!result.Completed)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"interrupted after {result.Iteration:N0} of {result.TotalIterations:N0} iterations; checkpoint in {result.Checkpoint}"));
            output.WriteLine("resume with: " + resume);
            return Ended(signals, output);
        }

        if (!RankZero.IsThis)
        {
            return ExitCodes.Done;
        }

        output.WriteLine($"metrics and checkpoints in {Path.GetFullPath(folder)}");
        Pages.Write(output, () => $"report in {RunReport.Write(folder)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"test accuracy {100 * result.LastEvaluation!.Accuracy:F2} %"));
        return ExitCodes.Done;
    }

    private static string Folder<TDataset>(RunRequest<TDataset> request)
        where TDataset : class, IImageDataset<TDataset> => request.Output ?? (request.Resume
            ? OutputFolder.Newest("runs", request.Network.Name, request.Recipe.Name)
            : OutputFolder.Fresh("runs", request.Network.Name, request.Recipe.Name, continues: RankZero.WasRestarted));

    /// <summary>After a signal: what SLURM was asked for, and the signal's exit code.</summary>
    internal static int Ended(TrainingSignals signals, TextWriter output)
    {
        if (RankZero.IsThis && signals.Requeue() is { } requeued)
        {
            output.WriteLine(requeued);
        }

        return signals.ExitCode;
    }
}
