using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.Distributed;

/// <summary>A test that needs the PyTorch of the libtorch that we run on; skipped, saying so, where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PyTorchFactAttribute : FactAttribute
{
    public const string Python = "/usr/bin/python3";

    public PyTorchFactAttribute()
    {
        if (!HasTorch()) Skip = $"{Python} has no torch: apt-get install python3-torch (./build.sh nightly does)";
    }

    /// <summary>Looked for, not loaded, which would take seconds.</summary>
    private static bool HasTorch()
    {
        if (!File.Exists(Python)) return false;
        using Process look = Process.Start(Python, ["-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)"]);
        look.WaitForExit();
        return look.ExitCode == 0;
    }
}

/// <summary>A process of PyTorch and this one in one group: the engine on both sides is the same.</summary>
public class InteropTests
{
    private const string Script = """
        import datetime, sys, torch, torch.distributed as dist
        store = dist.TCPStore("127.0.0.1", int(sys.argv[1]), None, False, datetime.timedelta(seconds=60))
        group = dist.ProcessGroupGloo(dist.PrefixStore("resnetgen/gloo", store), 1, 2, datetime.timedelta(seconds=60))
        values = torch.arange(1000, dtype=torch.float64) * 0.37
        group.allreduce([values]).wait()
        print(repr(values.sum().item()))
        ours = torch.zeros(3, dtype=torch.uint8)
        group.broadcast(ours, 0).wait()
        print(ours.tolist())
        group.barrier().wait()
        """;

    [PyTorchFact]
    public void A_process_of_PyTorch_and_this_one_are_one_group()
    {
        using DisposeScope scope = NewDisposeScope();
        ProcessGroupOptions options = Ranks.Options(2, TimeSpan.FromSeconds(60))[0];
        using Process python = Process.Start(new ProcessStartInfo(PyTorchFactAttribute.Python, ["-c", Script, options.MasterPort.ToString(System.Globalization.CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> says = python.StandardOutput.ReadToEndAsync(), complains = python.StandardError.ReadToEndAsync();
        using (ProcessGroup group = ProcessGroup.Join(options))
        {
            Tensor values = arange(1000, dtype: ScalarType.Float64) * 2;
            group.AllReduce(values);
            // i * 0.37 as PyTorch rounds it, plus 2 i: sums of two doubles, the same on both sides to the bit.
            Assert.Equal(Enumerable.Range(0, 1000).Select(static i => (i * 0.37) + (2.0 * i)), values.data<double>().ToArray());
            Tensor ours = tensor([7, 8, 9]).to(ScalarType.Byte);
            group.Broadcast(ours);
            group.Barrier();
        }
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, complains.Result);
        string[] lines = says.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("[7, 8, 9]", lines[1]);
        // 2.37 * 499500.
        Assert.Equal(1_183_815, double.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture), 6);
    }
}
