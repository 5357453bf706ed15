using System.Diagnostics;
using ResNetGen.Checkpoints;
using ResNetGen.Training;

namespace ResNetGen.Reliability;

/// <summary>A small file system that fills up and turns read-only under a run. Needs one that may be remounted: run.sh makes it.</summary>
internal static class DiskTrial
{
    /// <param name="folder">Where the small file system is mounted.</param>
    public static int Run(string folder)
    {
        string elsewhere = Directory.CreateTempSubdirectory("resnetgen-disk-").FullName;
        try
        {
            string undisturbed = Path.Combine(elsewhere, "run");
            Training.Fit(undisturbed, 1, new Sabotage([]));
            Survives(folder, undisturbed, "full", new(StringComparer.Ordinal) { ["No space left"] = 0 },
                (40, () => Fill(folder)), (80, () => Empty(folder)));
            Survives(folder, undisturbed, "read-only", new(StringComparer.Ordinal) { ["Read-only file system"] = 0 },
                (40, () => Remount(folder, "ro")), (80, () => Remount(folder, "rw")));
            StopsAtTheEnd(folder, undisturbed);
            return 0;
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine("FAILED: " + e.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    /// <summary>The run says what happens, goes on, and ends as if nothing had been.</summary>
    private static void Survives(string folder, string undisturbed, string name, Dictionary<string, int> said, params (long, Action)[] deeds)
    {
        string output = Path.Combine(folder, name);
        Sabotage sabotage = new(deeds) { Checkpoints = Training.Checkpoints(output) };
        Training.Fit(output, 1, sabotage);
        foreach (string part in said.Keys)
        {
            int count = sabotage.Warnings.Count(warning => warning.Contains(part, StringComparison.Ordinal));
            Require(count > 0, $"{name}: no warning says \"{part}\", but: {string.Join(" | ", sabotage.Warnings)}");
            Console.WriteLine($"{name} disk for 40 iterations: {count} warnings say \"{part}\"; the last good checkpoint was whole all the time;");
        }

        Require(RunState.Difference(undisturbed, output) is null, $"{name}: the run differs in {RunState.Difference(undisturbed, output)}");
        Console.WriteLine("    the run went on and ended bit-equal to an undisturbed one.");
        Directory.Delete(output, recursive: true);
    }

    /// <summary>A disk that stays full: an error at the end, a whole checkpoint, and a resumed run that is bit-equal.</summary>
    private static void StopsAtTheEnd(string folder, string undisturbed)
    {
        string output = Path.Combine(folder, "stays");
        try
        {
            Training.Fit(output, 1, new Sabotage([(250, () => Fill(folder))]) { Checkpoints = Training.Checkpoints(output) });
            Require(false, "a run whose last checkpoint was not written said nothing");
        }
        catch (BadInputException e)
        {
            Require(e.Message.Contains("No space left", StringComparison.Ordinal) && e.Message.Contains("is untouched", StringComparison.Ordinal), e.Message);
            Console.WriteLine("disk that stays full: the run ended with: " + e.Message);
        }

        long good = new CheckpointFolder(Training.Checkpoints(output)).FindLatestValid().Found!.Position.Iteration;
        Empty(folder);
        Training.Fit(output, 1, new Sabotage([]));
        Require(RunState.Difference(undisturbed, output) is null, $"stays full: the resumed run differs in {RunState.Difference(undisturbed, output)}");
        Console.WriteLine($"    resumed from iteration {good} when there was room again; bit-equal to an undisturbed one.");
    }

    private static void Fill(string folder)
    {
        try
        {
            using FileStream file = new(Path.Combine(folder, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            byte[] some = new byte[4096];
            while (true)
            {
                file.Write(some);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    private static void Empty(string folder) => File.Delete(Path.Combine(folder, "filler"));

    private static void Remount(string folder, string how)
    {
        using Process process = Process.Start("mount", ["-o", $"remount,{how}", folder]);
        process.WaitForExit();
        Require(process.ExitCode == 0, $"mount -o remount,{how} {folder} failed");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    private sealed class Sabotage((long Iteration, Action Deed)[] deeds) : ITrainingObserver
    {
        public List<string> Warnings { get; } = [];

        public string? Checkpoints { get; init; }

        public void OnStep(StepProgress step)
        {
            foreach ((_, Action deed) in deeds.Where(deed => deed.Iteration == step.Iteration))
            {
                deed();
            }
        }

        public void OnWarning(string message)
        {
            Warnings.Add(message);
            if (Checkpoints is not null)
            {
                Require(new CheckpointFolder(Checkpoints).FindLatestValid().Found is not null, "no checkpoint is whole after: " + message);
            }
        }
    }
}
