using System.Runtime.ExceptionServices;
using ResNetGen.Distributed.Launching;

namespace ResNetGen.Native.Tests.Distributed;

/// <summary>The ranks of a group as threads of this process: the connections are those of processes of their own.</summary>
internal static class Ranks
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Runs body(group) on every rank of a new group, and waits for all; the first exception is thrown here.</summary>
    public static void Run(int count, Action<ProcessGroup> body) => Run(count, Timeout, body);

    public static void Run(int count, TimeSpan timeout, Action<ProcessGroup> body) => Run(Options(count, timeout), body);

    /// <summary>With gradients that go through memory which the ranks share, as usual, or through Gloo.</summary>
    public static void Run(int count, bool sharesMemory, Action<ProcessGroup> body) =>
        Run([.. Options(count, Timeout).Select(each => each with { SharedMemory = sharesMemory })], body);

    public static void Run(IReadOnlyList<ProcessGroupOptions> options, Action<ProcessGroup> body)
    {
        All(options, each =>
        {
            using ProcessGroup group = ProcessGroup.Join(each);
            body(group);
        });
    }

    /// <summary>Runs body(item) for each on a thread of its own, and waits for all; the first exception is thrown here.</summary>
    public static void All<T>(IReadOnlyList<T> items, Action<T> body)
    {
        Exception?[] found = new Exception?[items.Count];
        Thread[] threads = [.. items.Select((item, i) => new Thread(() =>
        {
            try
            {
                body(item);
            }
            catch (Exception e)
            {
                found[i] = e;
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        if (found.FirstOrDefault(static e => e is not null) is { } first) ExceptionDispatchInfo.Throw(first);
    }

    public static ProcessGroupOptions[] Options(int count, TimeSpan timeout)
    {
        int port = FreePort.Find();
        return [.. Enumerable.Range(0, count).Select(rank => new ProcessGroupOptions
        {
            Rank = rank, WorldSize = count, MasterAddress = "127.0.0.1", MasterPort = port, Timeout = timeout,
        })];
    }
}
