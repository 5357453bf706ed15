using System.Diagnostics;
using System.Globalization;

namespace ResNetGen.Reliability;

/// <summary>
/// Two machines, as network namespaces with a cable between them (a veth pair), train together; the cable is pulled. Needs root and
/// iproute2: distributed.sh sees to that, and takes the namespaces away.
/// </summary>
internal static class NetworkTrial
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="name">What the namespaces' names begin with; "-a" and "-b" follow, and so do their ends of the cable.</param>
    /// <param name="address">The first one's address.</param>
    /// <param name="seed">The run's seed.</param>
    public static int Run(string name, string address, int seed)
    {
        string root = Directory.CreateTempSubdirectory("resnetgen-network-").FullName;
        string undisturbed = Path.Combine(root, "undisturbed"), cut = Path.Combine(root, "cut");
        string[] In(int rank) => ["ip", "netns", "exec", $"{name}-{(rank == 0 ? "a" : "b")}"];
        using (PeerGroup group = new(undisturbed, seed, 2, In, address, port: 29510))
        {
            if (!group.WaitForExit(Patience) || group.Peers.Any(static peer => peer.Process.ExitCode != 0))
            {
                return PeerTrial.Fail($"the machines do not train together: {string.Join("; ", group.Peers.Select(static peer => peer.Process.HasExited ? peer.Errors : "no end"))}");
            }
        }

        double seconds;
        using (PeerGroup group = new(cut, seed, 2, In, address, port: 29511))
        {
            if (!group.WaitUntilReady())
            {
                return PeerTrial.Fail($"the machines do not train together: {string.Join("; ", group.Peers.Where(static peer => peer.Process.HasExited).Select(static peer => peer.Errors))}");
            }

            Thread.Sleep(200);
            Link(name, "down");
            Stopwatch watch = Stopwatch.StartNew();
            if (PeerTrial.Others(group, null, watch) is { } wrong)
            {
                return PeerTrial.Fail("with the cable pulled: " + wrong);
            }

            seconds = watch.Elapsed.TotalSeconds;
        }

        Link(name, "up");
        using (PeerGroup group = new(cut, seed, 2, In, address, port: 29512))
        {
            if (!group.WaitForExit(Patience) || group.Peers.Any(static peer => peer.Process.ExitCode != 0))
            {
                return PeerTrial.Fail("the run does not go on when the cable is back");
            }
        }

        if (RunState.Difference(undisturbed, cut) is { } difference)
        {
            return PeerTrial.Fail($"the run whose cable was pulled differs in {difference}; its folder: {cut}");
        }

        Directory.Delete(root, recursive: true);
        Report.Row("the cable between two machines pulled (network namespaces)", $"once, in the middle of training; time-out {PeerGroup.Timeout.TotalSeconds:0} s",
            string.Create(CultureInfo.InvariantCulture, $"both ended with code 75 and a message after {seconds:F1} s; with the cable back and resumed, the run ended bit-equal"));
        return 0;
    }

    private static void Link(string name, string state)
    {
        using Process process = Process.Start("ip", ["-n", $"{name}-a", "link", "set", $"{name}-a", state]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip link set {state} failed.");
        }
    }
}
