using System.Globalization;
using ResNetGen.Checkpoints;
using ResNetGen.Reports;
using ResNetGen.Training;

namespace ResNetGen.Samples;

/// <summary>
/// Trains networks one after another on the same pictures, each in a folder of its own, so that a comparison that was
/// stopped goes on where it was, and so that several machines can share one.
/// </summary>
internal static class Comparison
{
    /// <summary>Trains what is asked for and shows what is there.</summary>
    /// <param name="plan">All networks of the comparison.</param>
    /// <param name="wanted">What was asked for.</param>
    /// <param name="arguments">What was typed, for the command that goes on.</param>
    /// <param name="output">Where progress goes.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ComparisonPlan plan, ComparisonArguments wanted, IReadOnlyList<string> arguments, TextWriter output)
    {
        ComparisonPlan chosen = plan.Only(wanted.Networks);
        RefuseOccupied(chosen, wanted);
        if (wanted.Processes.Count > 1)
        {
            foreach (NetworkEntry<Cifar10> network in chosen.Networks)
            {
                plan.RecipeOf(network.Name).RequireShares(wanted.Processes.Count);
            }

            return SeveralProcesses.Run(wanted.Processes, arguments, wanted.Output,
                () => chosen.Networks.Select(network => Path.Combine(wanted.Output, network.Name, "checkpoints")));
        }

        using TrainingSignals signals = new();
        ComputePlan.Decide(wanted.Device, wanted.Precision);
        try
        {
            return TrainAll(plan, chosen, wanted, arguments, signals, output);
        }
        catch (OperationCanceledException) when (signals.ExitCode != 0)
        {
            output.WriteLine("interrupted before the first step; go on with: " + ResumeCommand.For(arguments, wanted.Output));
            return TrainCommand.Ended(signals, output);
        }
    }

    private static int TrainAll(
        ComparisonPlan plan, ComparisonPlan chosen, ComparisonArguments wanted, IReadOnlyList<string> arguments, TrainingSignals signals, TextWriter output)
    {
        Cifar10 data = Pictures.Open(wanted.Data, output, signals.Token);
        bool diverged = false;
        for (int i = 0; i < chosen.Networks.Count; i++)
        {
            NetworkEntry<Cifar10> network = chosen.Networks[i];
            output.WriteLine();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{network.Name} ({i + 1} of {chosen.Networks.Count})"));
            TrainingResult result;
            try
            {
                result = Train(network, chosen, wanted, data, signals.Token, output);
            }
            catch (TrainingDivergedException e)
            {
                // That a network diverges is a finding; the others are trained all the same.
                output.WriteLine($"{network.Name} diverged: " + ErrorText.Of(e));
                diverged = true;
                continue;
            }

            if (!result.Completed)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"interrupted after {result.Iteration:N0} of {result.TotalIterations:N0} iterations of {network.Name}"));
                output.WriteLine("go on with: " + ResumeCommand.For(arguments, wanted.Output));
                return TrainCommand.Ended(signals, output);
            }
        }

        if (!RankZero.IsThis)
        {
            return diverged ? ExitCodes.Failed : ExitCodes.Done;
        }

        output.WriteLine();
        IReadOnlyList<Finished> finished = Finished.All(plan, wanted.Output);
        plan.Show(finished, data);
        string report = Path.Combine(wanted.Output, RunReport.FileName);
        Pages.Write(output, () =>
        {
            RunReport.Write(report, [.. finished.Select(static run => run.Run)]);
            return $"report in {Path.GetFullPath(report)}";
        });
        return diverged ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static TrainingResult Train(
        NetworkEntry<Cifar10> network, ComparisonPlan plan, ComparisonArguments wanted, Cifar10 data, CancellationToken cancellation, TextWriter output)
    {
        string folder = Path.Combine(wanted.Output, network.Name);
        ITrainingObserver reporter = Reporters.For(output);
        using IDisposable? display = reporter as IDisposable;
        return network.Fit(plan.RecipeOf(network.Name), new TrainerOptions
        {
            Output = folder,
            Resume = IsOccupied(folder),
            Seed = wanted.Seed,
            Device = wanted.Device,
            Precision = wanted.Precision,
            EvaluateEvery = plan.EvaluateEvery,
            Observers = [reporter],
            Cancellation = cancellation,
            SynchronizedBatchNorm = wanted.Processes.SynchronizedBatchNorm,
            CommunicationTimeout = wanted.Processes.Timeout,
        }, data);
    }

    /// <summary>Another comparison's runs are not gone on with by accident.</summary>
    private static void RefuseOccupied(ComparisonPlan plan, ComparisonArguments wanted)
    {
        if (wanted.Resume)
        {
            return;
        }

        foreach (string folder in plan.Networks.Select(n => Path.Combine(wanted.Output, n.Name)).Where(IsOccupied))
        {
            throw new BadInputException($"{folder} holds a run already. Give --resume to keep it (go on where it stopped), or another --output.");
        }
    }

    private static bool IsOccupied(string folder) => new CheckpointFolder(Path.Combine(folder, "checkpoints")).Files.Count > 0;
}
