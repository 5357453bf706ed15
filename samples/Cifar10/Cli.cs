using System.Globalization;
using ResNetGen.Training;

namespace ResNetGen.Samples;

/// <summary>The program behind <c>./build.sh train</c>.</summary>
internal static class Cli
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        CommandLine line = new();
        return SampleProgram.Run(line.Root, arguments, output, error, parsed =>
        {
            TrainArguments wanted = line.Read(parsed);
            if (wanted.List)
            {
                NetworkList.Write(output);
                return ExitCodes.Done;
            }

            return Train(wanted, arguments, output);
        });
    }

    private static int Train(TrainArguments wanted, IReadOnlyList<string> arguments, TextWriter output)
    {
        using Signals signals = new();
        // What can be refused at once is refused before a download of 170 MB.
        ComputePlan.Decide(wanted.Device, wanted.Precision);
        string folder = wanted.Output ?? (wanted.Resume
            ? OutputFolder.Newest("runs", wanted.Network.Name, wanted.Recipe.Name)
            : OutputFolder.Fresh("runs", wanted.Network.Name, wanted.Recipe.Name));
        string resume = ResumeCommand.For(arguments, folder);
        ITrainingObserver reporter = Reporters.For(output);
        using IDisposable? display = reporter as IDisposable;
        TrainingResult result;
        try
        {
            Cifar10 data = Pictures.Open(wanted.Data, output, signals.Token);
            result = wanted.Network.Fit(wanted.Recipe, new TrainerOptions
            {
                Output = folder,
                Resume = wanted.Resume,
                Seed = wanted.Seed,
                Device = wanted.Device,
                Precision = wanted.Precision,
                LimitBatches = wanted.LimitBatches,
                Observers = [reporter],
                Cancellation = signals.Token,
            }, data);
        }
        catch (OperationCanceledException) when (signals.ExitCode != 0)
        {
            output.WriteLine("interrupted before the first step: there is nothing to resume");
            return signals.ExitCode;
        }

        if (!result.Completed)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"interrupted after {result.Iteration:N0} of {result.TotalIterations:N0} iterations; checkpoint in {result.Checkpoint}"));
            output.WriteLine("resume with: " + resume);
            return signals.ExitCode;
        }

        output.WriteLine($"metrics and checkpoints in {Path.GetFullPath(folder)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"test accuracy {100 * result.LastEvaluation!.Accuracy:F2} %"));
        return ExitCodes.Done;
    }
}
