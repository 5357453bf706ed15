using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.Distributed;

/// <summary>A process that gives the signs of life of a rank, until it is killed or falls silent.</summary>
public class SignsOfLifeTests
{
    // Comes late to a first all-reduce and is killed before the second; or comes in time, and then gives no signs any more.
    private const string Script = """
        import datetime, os, signal, sys, threading, time
        import torch, torch.distributed as dist
        how = sys.argv[2]
        print("ready", flush=True)
        sys.stdin.readline()
        hour = datetime.timedelta(seconds=60)
        def store(): return dist.TCPStore("127.0.0.1", int(sys.argv[1]), None, False, hour)
        alive, silent = threading.Event(), threading.Event()
        operation = 0
        def live():
            own, count = dist.PrefixStore("resnetgen", store()), 0
            while True:
                own.set("life/1", f"{count} r {operation} all-reduce of [4] Float")
                count += 1
                alive.set()
                if silent.wait(0.25):
                    break
        threading.Thread(target=live, daemon=True).start()
        alive.wait()
        group = dist.ProcessGroupGloo(dist.PrefixStore("resnetgen/gloo", store()), 1, 2, hour)
        if how == "killed":
            time.sleep(2.2)
        operation = 1
        group.allreduce([torch.ones(4)]).wait()
        if how == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        silent.set()
        sys.stdin.readline()
        """;

    /// <summary>A wait of more than a second has begun to look at the signs: those of before must not pass for those of now.</summary>
    [PyTorchFact]
    public void A_rank_that_is_killed_after_a_long_operation_is_said_to_be_gone() => With("killed", Ranks.Timeout, static group =>
    {
        using Tensor mine = ones(4);
        group.AllReduce(mine);
        ProcessGroupException e = Assert.Throws<ProcessGroupException>(() => group.AllReduce(mine));
        AssertGone(e);
        Assert.Contains("all-reduce of [4] Float failed after", e.Message, StringComparison.Ordinal);
    });

    /// <summary>Its connections stand: nothing but the silence tells. Ten seconds of it, or the timeout where that is shorter.</summary>
    [PyTorchFact]
    public void A_rank_that_gives_no_sign_any_more_is_said_to_be_gone() => With("silent", TimeSpan.FromSeconds(3), static group =>
    {
        using Tensor mine = ones(4);
        group.AllReduce(mine);
        AssertGone(FailureTests.UntilLost(group));
        AssertGone(group.Ended);
    });

    private static void AssertGone(ProcessGroupException? e)
    {
        Assert.NotNull(e);
        Assert.Contains("rank 1 of 2 does not answer any more: its last sign of life was", e.Message, StringComparison.Ordinal);
        Assert.Equal(ProcessGroupFailure.PeerLost, e.Failure);
        Assert.Equal(1, e.LostRank);
    }

    private static void With(string how, TimeSpan timeout, Action<ProcessGroup> body)
    {
        ProcessGroupOptions options = Ranks.Options(2, timeout)[0];
        string port = options.MasterPort.ToString(CultureInfo.InvariantCulture);
        using Process other = Process.Start(new ProcessStartInfo(PyTorchFactAttribute.Python, ["-c", Script, port, how])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            // Its libraries are loaded: nobody waits for that within the timeout.
            Assert.Equal("ready", other.StandardOutput.ReadLine());
            other.StandardInput.WriteLine();
            using ProcessGroup group = ProcessGroup.Join(options);
            body(group);
        }
        finally
        {
            other.Kill();
            other.WaitForExit();
        }
    }
}
