using System.Diagnostics;
using System.Globalization;

namespace ResNetGen.Reliability;

/// <summary>
/// One of three processes that train together is killed at random moments, or stopped: the others end in time and say why, and the run
/// that goes on ends as one that was never disturbed.
/// </summary>
internal static class PeerTrial
{
    private const int Ranks = 3;
    private const int KillsPerRun = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>kill -9.</summary>
    public static int Kill(int wanted, int seed)
    {
        Random random = new(seed);
        string root = Directory.CreateTempSubdirectory("resnetgen-peers-").FullName;
        List<double> seconds = [];
        int runs = 0, starting = 0;
        while (seconds.Count < wanted)
        {
            runs++;
            string undisturbed = Path.Combine(root, $"undisturbed-{runs}"), killed = Path.Combine(root, $"killed-{runs}");
            if (!Finish(undisturbed, runs, Ranks))
            {
                return Fail($"the undisturbed run {runs} failed");
            }

            for (int kills = 0; kills < KillsPerRun && seconds.Count < wanted; kills++)
            {
                (double Seconds, bool WasStarting, string? Wrong)? end = KillOne(killed, runs, random);
                if (end is null)
                {
                    break;
                }

                if (end.Value.Wrong is { } wrong)
                {
                    return Fail($"after kill {seconds.Count + 1} (seed {seed}): {wrong}; the run's folder: {killed}");
                }

                seconds.Add(end.Value.Seconds);
                starting += end.Value.WasStarting ? 1 : 0;
            }

            if (!Finish(killed, runs, Ranks))
            {
                return Fail($"run {runs} could not go on; its folder: {killed}");
            }

            if (RunState.Difference(undisturbed, killed) is { } difference)
            {
                return Fail($"run {runs} differs from the undisturbed one in {difference}; its folder: {killed}");
            }

            Console.WriteLine($"run {runs}: {seconds.Count} kills so far, bit-equal");
        }

        Directory.Delete(root, recursive: true);
        Report.Row("kill -9 of one of three processes", string.Create(CultureInfo.InvariantCulture,
            $"{seconds.Count} random moments (seed {seed}) in {runs} {(runs == 1 ? "run" : "runs")} of {Training.Iterations} iterations, {starting} of them within the first second of the processes"),
            string.Create(CultureInfo.InvariantCulture,
                $"both others ended with a message and code 75 (an ordinary error where they had not met yet) after {Median(seconds):F1} s (median; {seconds.Max():F1} s at most); resumed, each run ended bit-equal to an undisturbed one"));
        return 0;
    }

    /// <summary>SIGSTOP: the process is there, its connections stand, and it does nothing.</summary>
    public static int Hang(int seed)
    {
        string root = Directory.CreateTempSubdirectory("resnetgen-hang-").FullName;
        string undisturbed = Path.Combine(root, "undisturbed"), stopped = Path.Combine(root, "stopped");
        List<double> seconds = [];
        if (!Finish(undisturbed, seed, Ranks))
        {
            return Fail("the undisturbed run failed");
        }

        for (int rank = 0; rank < Ranks; rank++)
        {
            using PeerGroup group = new(stopped, seed, Ranks);
            if (!group.WaitUntilReady())
            {
                return Fail($"the processes do not train: {string.Join("; ", group.Peers.Where(static peer => peer.Process.HasExited).Select(static peer => peer.Errors))}");
            }

            Peer victim = group.Peers[rank];
            Thread.Sleep(100);
            Signal(victim, "STOP");
            Stopwatch watch = Stopwatch.StartNew();
            if (Others(group, victim, watch) is { } wrong)
            {
                return Fail($"with rank {rank} stopped: {wrong}");
            }

            seconds.Add(watch.Elapsed.TotalSeconds);
        }

        if (!Finish(stopped, seed, Ranks) || RunState.Difference(undisturbed, stopped) is not null)
        {
            return Fail($"the run does not go on to what it should be; its folder: {stopped}");
        }

        Directory.Delete(root, recursive: true);
        Report.Row("SIGSTOP of one of three processes", $"each of the {Ranks} in turn; time-out {PeerGroup.Timeout.TotalSeconds:0} s", string.Create(CultureInfo.InvariantCulture,
            $"both others ended with code 75 and a message after {seconds.Min():F1} to {seconds.Max():F1} s; resumed, the run ended bit-equal"));
        return 0;
    }

    /// <summary>Starts or resumes a run in several processes and waits for its end.</summary>
    public static bool Finish(string output, long seed, int ranks)
    {
        using PeerGroup group = new(output, seed, ranks);
        bool done = group.WaitForExit(Patience) && group.Peers.All(static peer => peer.Process.ExitCode == 0);
        if (!done)
        {
            Console.Error.WriteLine(string.Join("\n", group.Peers.Select(static peer => $"rank {peer.Rank}: {(peer.Process.HasExited ? peer.Errors : "does not end")}")));
        }

        return done;
    }

    /// <summary>Waits until all but one have ended as they should; else says what is wrong.</summary>
    public static string? Others(PeerGroup group, Peer? victim, Stopwatch watch, bool met = true)
    {
        foreach (Peer peer in group.Peers.Where(peer => peer != victim))
        {
            TimeSpan left = PeerGroup.Timeout + PeerGroup.Slack - watch.Elapsed;
            peer.Process.WaitForExit(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        return group.Peers.Where(peer => peer != victim).Select(peer => peer.WrongEnd(met)).FirstOrDefault(static wrong => wrong is not null);
    }

    public static int Fail(string why)
    {
        Console.Error.WriteLine("FAILED: " + why);
        return 1;
    }

    /// <summary>Kills one at a moment anywhere from its start on; null where the run was done before.</summary>
    private static (double Seconds, bool WasStarting, string? Wrong)? KillOne(string output, int seed, Random random)
    {
        using PeerGroup group = new(output, seed, Ranks);
        Peer victim = group.Peers[random.Next(Ranks)];
        bool starting = random.Next(4) == 0;
        if (!starting)
        {
            group.WaitUntilReady();
        }

        Thread.Sleep(random.Next(starting ? 1000 : 600));
        if (victim.Process.HasExited)
        {
            return group.Peers.All(static peer => peer.Process.WaitForExit(Patience) && peer.Process.ExitCode == 0)
                ? null : (0, false, $"a process ended by itself: {string.Join("; ", group.Peers.Select(static peer => peer.Errors))}");
        }

        victim.Process.Kill();
        Stopwatch watch = Stopwatch.StartNew();
        string? wrong = Others(group, victim, watch, met: !starting);

        // Its last step done, a process needs the others no more: then all is well with it.
        return wrong is not null && group.Peers.Where(peer => peer != victim).All(static peer => peer.Process.HasExited && peer.Process.ExitCode == 0)
            ? null : (watch.Elapsed.TotalSeconds, starting, wrong);
    }

    private static void Signal(Peer peer, string signal) =>
        Process.Start("kill", ["-" + signal, peer.Process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
