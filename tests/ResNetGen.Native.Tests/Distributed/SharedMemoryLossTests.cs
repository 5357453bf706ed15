using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.Distributed;

/// <summary>kill -9 of a process in the midst of an exchange through shared memory: no connection breaks, and the memory is still there.</summary>
public class SharedMemoryLossTests
{
    // Agrees to the memory that rank 0 offers, comes to the first half of the exchange, and is killed before the second.
    private const string Script = """
        import datetime, fcntl, mmap, os, signal, struct, sys, threading, time
        import torch.distributed as dist
        print("ready", flush=True)
        sys.stdin.readline()
        minute = datetime.timedelta(seconds=60)
        def store(): return dist.PrefixStore("resnetgen", dist.TCPStore("127.0.0.1", int(sys.argv[1]), None, False, minute))
        own = store()
        own.add("member/1", 1)
        def live():
            mine, count = store(), 0
            while True:
                mine.set("life/1", f"{count} r 1 all-reduce")
                count += 1
                time.sleep(0.25)
        threading.Thread(target=live, daemon=True).start()
        group = dist.ProcessGroupGloo(dist.PrefixStore("gloo", own), 1, 2, minute)
        own.set("shared/0/place/1", own.get("shared/0/place/0"))
        own.set("shared/0/offer/1", "yes ")
        _, path, token = own.get("shared/0/offer/0").decode().split(" ")
        file = os.open(path, os.O_RDWR)
        fcntl.fcntl(file, fcntl.F_OFD_SETLK, struct.pack("hhqqi", fcntl.F_WRLCK, 0, 1, 1, 0))
        memory = mmap.mmap(file, 0)
        own.set("shared/0/taken/1", "yes ")
        def arrivals(): return struct.unpack_from("I", memory, 0)[0]
        while arrivals() < 1: time.sleep(0.001)
        struct.pack_into("I", memory, 0, 2)
        while arrivals() < 3: time.sleep(0.001)
        os.kill(os.getpid(), signal.SIGKILL)
        """;

    [PyTorchFact]
    public void A_process_that_is_killed_is_said_to_be_gone()
    {
        ProcessGroupOptions options = Ranks.Options(2, Ranks.Timeout)[0];
        using Process other = Process.Start(new ProcessStartInfo(PyTorchFactAttribute.Python, ["-c", Script, options.MasterPort.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            Assert.Equal("ready", other.StandardOutput.ReadLine());
            other.StandardInput.WriteLine();
            using DisposeScope scope = NewDisposeScope();
            using ProcessGroup group = ProcessGroup.Join(options);
            Parameter p = new(ones(3000));
            using GradientBuckets buckets = new(group, [("p", p)]);
            Assert.Null(buckets.NotShared);
            p.grad = ones(3000);
            buckets.Expect();
            long begun = Stopwatch.GetTimestamp();
            ProcessGroupException e = Assert.Throws<ProcessGroupException>(buckets.Finish);
            Assert.True(Stopwatch.GetElapsedTime(begun) < Ranks.Timeout, "It waited for the timeout.");
            Assert.Equal(ProcessGroupFailure.PeerLost, e.Failure);
            Assert.Equal(1, e.LostRank);
            Assert.Contains("rank 1 of 2 does not answer any more", e.Message, StringComparison.Ordinal);
            Assert.Contains("(shared memory: rank 1 has let go of it)", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            other.Kill();
            other.WaitForExit();
        }
    }
}
