using System.Diagnostics;
using ResNetGen.Distributed;
using ResNetGen.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary>The exchange of gradients by itself, with processes that do nothing else: through memory that they share, and through Gloo.</summary>
internal static class ExchangeWork
{
    private const int Times = 6;

    /// <param name="way">What carries the gradients of the training steps.</param>
    /// <param name="count">How many float32 each process has.</param>
    /// <returns>The seconds of some exchanges each way; no shared ones where there is no such memory.</returns>
    public static object Measure(string? way, long count) => new { way, shared = Seconds(count, shares: true), gloo = Seconds(count, shares: false) };

    private static double[] Seconds(long count, bool shares)
    {
        RankEnvironment environment = RankEnvironment.Read() ?? throw new BadInputException("exchange: there are no other processes.");

        // At the store of the group that trains, which stays there.
        using ProcessGroup group = ProcessGroup.Join(new ProcessGroupOptions
        {
            Rank = environment.Rank,
            WorldSize = environment.WorldSize,
            MasterAddress = environment.MasterAddress,
            MasterPort = environment.MasterPort,
            HostsStore = false,
            StorePrefix = shares ? "exchange/shared" : "exchange/gloo",
            SharedMemory = shares,
        });
        using Parameter values = new(zeros(count));
        using GradientBuckets buckets = new(group, [("values", values)]);
        if (shares && buckets.NotShared is not null)
        {
            return [];
        }

        values.grad = zeros(count);
        double[] seconds = new double[Times];
        for (int i = 0; i < Times; i++)
        {
            group.Barrier();
            long start = Stopwatch.GetTimestamp();
            buckets.Expect();
            buckets.Finish();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        group.Barrier();

        // The first one lays the gradient where it travels.
        return seconds[1..];
    }
}
