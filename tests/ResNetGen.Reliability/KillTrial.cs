using System.Diagnostics;
using ResNetGen.Checkpoints;

namespace ResNetGen.Reliability;

/// <summary>kill -9 at random moments, again and again; each run must end as one that was never killed.</summary>
internal static class KillTrial
{
    private const int KillsPerRun = 25;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static int Run(int wanted, int seed)
    {
        Random random = new(seed);
        string root = Directory.CreateTempSubdirectory("resnetgen-kill-").FullName;
        Tally tally = new();
        try
        {
            for (int run = 1; tally.Kills < wanted; run++)
            {
                string undisturbed = Path.Combine(root, $"undisturbed-{run}");
                string killed = Path.Combine(root, $"killed-{run}");
                if (!Finish(undisturbed, run))
                {
                    return Fail($"the undisturbed run {run} failed");
                }

                for (int kills = 0; kills < KillsPerRun && tally.Kills < wanted && Kill(killed, run, random, tally); kills++)
                {
                }

                if (!Finish(killed, run))
                {
                    return Fail($"run {run} could not go on after {tally.Kills} kills; its folder: {killed}");
                }

                if (RunState.Difference(undisturbed, killed) is { } difference)
                {
                    return Fail($"run {run} differs from the undisturbed one in {difference}; its folder: {killed}");
                }

                tally.Runs++;
                Console.WriteLine($"run {run}: {tally.Kills} kills so far ({tally.WhileSaving} left an unfinished checkpoint), bit-equal");
                Directory.Delete(undisturbed, recursive: true);
                Directory.Delete(killed, recursive: true);
            }
        }
        finally
        {
            if (!Directory.EnumerateFileSystemEntries(root).Any())
            {
                Directory.Delete(root);
            }
        }

        if (tally.WhileSaving == 0)
        {
            return Fail($"none of {tally.Kills} kills (seed {seed}) came while a checkpoint was written, which is what they are for; give more");
        }

        Console.WriteLine(
            $"kill -9 (seed {seed}): {tally.Kills} kills in {tally.Runs} runs of {Training.Iterations} iterations; {tally.WhileSaving} left an unfinished "
            + $"checkpoint, {tally.BeforeFirst} came before the first checkpoint. All {tally.Runs} runs ended bit-equal to undisturbed ones.");
        return 0;
    }

    /// <summary>Starts the run where it stands and kills it. False where it was done before the kill came.</summary>
    private static bool Kill(string output, int seed, Random random, Tally tally)
    {
        // What an earlier kill left unfinished may still lie there, and is not this one's.
        Dictionary<string, FileState> before = Unfinished(output);
        using Process process = Start(output, seed);

        Wait(process, output, before, random);
        process.Kill();
        if (!process.WaitForExit(Patience))
        {
            throw new InvalidOperationException("A killed process did not end.");
        }

        if (process.ExitCode != 137)
        {
            return false;
        }

        tally.Kills++;
        string checkpoints = Training.Checkpoints(output);
        tally.WhileSaving += IsSaving(output, before) ? 1 : 0;
        tally.BeforeFirst += new CheckpointFolder(checkpoints).Files.Count == 0 ? 1 : 0;
        return true;
    }

    /// <summary>
    /// Until a moment of one of three kinds: anywhere from the process's start, while it loads a checkpoint, say; anywhere in its
    /// first steps; or in the middle of writing a checkpoint, as near as a look from outside can hit it.
    /// </summary>
    private static void Wait(Process process, string output, Dictionary<string, FileState> before, Random random)
    {
        int kind = random.Next(3);
        if (kind == 0)
        {
            Thread.Sleep(random.Next(2_000));
            return;
        }

        process.StandardOutput.ReadLine();
        Thread.Sleep(random.Next(400));
        while (kind == 2 && !process.HasExited && !IsSaving(output, before))
        {
            Thread.Yield();
        }
    }

    /// <summary>Whether an unfinished checkpoint is new, or another than it was before.</summary>
    private static bool IsSaving(string output, Dictionary<string, FileState> before) =>
        Unfinished(output).Any(file => !before.TryGetValue(file.Key, out FileState known) || known != file.Value);

    private static Dictionary<string, FileState> Unfinished(string output)
    {
        Dictionary<string, FileState> found = new(StringComparer.Ordinal);
        DirectoryInfo folder = new(Training.Checkpoints(output));
        if (!folder.Exists)
        {
            return found;
        }

        foreach (FileInfo file in folder.EnumerateFiles("*.unfinished"))
        {
            try
            {
                found[file.Name] = new FileState(file.Length, file.LastWriteTimeUtc);
            }
            catch (FileNotFoundException)
            {
                // It was finished, and has its own name now.
            }
        }

        return found;
    }

    private static bool Finish(string output, int seed)
    {
        using Process process = Start(output, seed);
        _ = process.StandardOutput.ReadToEndAsync();
        return process.WaitForExit(Patience) && process.ExitCode == 0;
    }

    private static Process Start(string output, int seed) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [.. Host(), "train", output, $"{seed}"]) { RedirectStandardOutput = true })!;

    /// <summary>What the host needs before the arguments, where this process is dotnet with an assembly.</summary>
    internal static string[] Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(KillTrial).Assembly.Location] : [];

    private static int Fail(string why)
    {
        Console.Error.WriteLine("FAILED: " + why);
        return 1;
    }

    private readonly record struct FileState(long Length, DateTime Written);

    private sealed class Tally
    {
        public int Kills { get; set; }

        public int Runs { get; set; }

        public int WhileSaving { get; set; }

        public int BeforeFirst { get; set; }
    }
}
