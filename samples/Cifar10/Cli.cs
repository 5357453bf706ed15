using System.CommandLine;
using System.Globalization;
using ResNetGen.Training;
using Spectre.Console;

namespace ResNetGen.Samples;

/// <summary>The program: a command line in, an exit code out (0 done, 1 failed, 2 usage, 130 Ctrl-C, 143 SIGTERM).</summary>
internal static class Cli
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        CommandLine line = new();
        ParseResult parsed = line.Root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                error.WriteLine("error: " + problem.Message);
            }

            error.WriteLine("--help shows all options.");
            return ExitCodes.Usage;
        }

        // Help and version are actions of their own; for everything else there is none.
        if (parsed.Action is not null)
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error });
        }

        TrainArguments wanted = line.Read(parsed);
        if (wanted.List)
        {
            NetworkList.Write(output);
            return ExitCodes.Done;
        }

        try
        {
            return Train(wanted, arguments, output);
        }
        catch (Exception e)
        {
            error.WriteLine("error: " + ErrorText.Of(e));
            return ExitCodes.Failed;
        }
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
        bool live = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        using LiveReporter? moving = live ? new LiveReporter(AnsiConsole.Console) : null;
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
                Observers = [moving ?? (ITrainingObserver)new PlainReporter(output)],
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
