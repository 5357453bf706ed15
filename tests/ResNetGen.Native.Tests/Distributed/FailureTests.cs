using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.Distributed;

/// <summary>Whatever is wrong ends within the timeout, with a message that says what.</summary>
public class FailureTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    // A machine under load is late; what hangs would be minutes late.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_rank_that_leaves_is_named_by_all_others()
    {
        List<ProcessGroupException> found = [];
        Ranks.Run(3, group =>
        {
            group.Barrier();
            if (group.Rank == 1) return;
            ProcessGroupException e = Assert.Throws<ProcessGroupException>(() => Reduce(group));
            lock (found) found.Add(e);
            Assert.Equal(e.Message, Assert.Throws<ProcessGroupException>(() => Reduce(group)).Message);
            Assert.Equal(e.Message, group.Ended?.Message);
        });
        Assert.Equal(2, found.Count);
        Assert.All(found, static e =>
        {
            Assert.Equal(ProcessGroupFailure.PeerLost, e.Failure);
            Assert.Equal(1, e.LostRank);
            Assert.Contains("rank 1 of 3 has left the group", e.Message, StringComparison.Ordinal);
            Assert.Contains("all-reduce of [4] Float", e.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_rank_that_gives_up_tells_the_others_why_at_once()
    {
        Ranks.Run(3, Ranks.Timeout, static group =>
        {
            group.Barrier();
            if (group.Rank == 2)
            {
                group.Abort("no space left on device");
                Assert.Equal(ProcessGroupFailure.Closed, Assert.Throws<ProcessGroupException>(() => Reduce(group)).Failure);
                return;
            }
            long begun = Stopwatch.GetTimestamp();
            ProcessGroupException e = Assert.Throws<ProcessGroupException>(() => Reduce(group));
            Assert.True(Stopwatch.GetElapsedTime(begun) < Ranks.Timeout, "It waited for the timeout.");
            Assert.Equal(2, e.LostRank);
            Assert.Contains("rank 2 of 3 gave up: no space left on device", e.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_rank_that_does_not_come_is_named_after_the_timeout_and_told_itself()
    {
        using ManualResetEventSlim others = new();
        Ranks.Run(2, Short, group =>
        {
            group.Barrier();
            if (group.Rank == 1)
            {
                Assert.True(others.Wait(Late));
                ProcessGroupException told = Assert.Throws<ProcessGroupException>(() => Reduce(group));
                Assert.Contains("the others gave up waiting for this rank", told.Message, StringComparison.Ordinal);
                return;
            }
            ProcessGroupException e = Assert.Throws<ProcessGroupException>(() => Reduce(group));
            others.Set();
            Assert.Equal(ProcessGroupFailure.Timeout, e.Failure);
            Assert.Equal(1, e.LostRank);
            Assert.Contains("did not end within 2.0 s", e.Message, StringComparison.Ordinal);
            Assert.Contains("rank 1 of 2 lives, but did not come to this operation; it came last to: barrier", e.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Who_waits_for_something_else_can_ask_whether_a_rank_is_lost()
    {
        using CountdownEvent told = new(2);
        Ranks.Run(3, Ranks.Timeout, group =>
        {
            group.ThrowIfLost();
            group.Barrier();
            group.ThrowIfLost();
            if (group.Rank == 1)
            {
                group.Abort("no space left on device");
                Assert.True(told.Wait(Late));
                return;
            }
            ProcessGroupException e = UntilLost(group);
            told.Signal();
            Assert.Equal(ProcessGroupFailure.PeerLost, e.Failure);
            Assert.Equal(1, e.LostRank);
            Assert.Contains("rank 1 of 3 gave up: no space left on device", e.Message, StringComparison.Ordinal);
            Assert.Equal(e.Message, group.Ended?.Message);
            Assert.Equal(e.Message, Assert.Throws<ProcessGroupException>(() => Reduce(group)).Message);
        });
    }

    [Fact]
    public void A_rank_that_only_left_leaves_the_store_to_the_others() => Ranks.Run(2, static group =>
    {
        group.Barrier();
        if (group.Rank == 1)
        {
            group.Set("last words", "done");
            return;
        }
        ProcessGroupException e = UntilLost(group);
        Assert.Equal(1, e.LostRank);
        Assert.Contains("rank 1 of 2 has left the group", e.Message, StringComparison.Ordinal);
        Assert.True(group.TryGet("last words", out string? words));
        Assert.Equal("done", words);
        Assert.Null(group.Ended);
    });

    [Fact]
    public void One_rank_alone_misses_nobody() => Ranks.Run(1, static group =>
    {
        group.ThrowIfLost();
        group.Dispose();
        Assert.ThrowsAny<ObjectDisposedException>(group.ThrowIfLost);
    });

    [Fact]
    public void Disposing_a_group_ends_what_waits_in_it()
    {
        Ranks.Run(2, static group =>
        {
            group.Barrier();
            if (group.Rank == 0)
            {
                using Tensor mine = ones(4);
                using PendingWork work = group.AllReduceAsync(mine);
                group.Dispose();
                Assert.Equal(ProcessGroupFailure.Closed, Assert.Throws<ProcessGroupException>(work.Wait).Failure);
            }
        });
    }

    [Fact]
    public void A_master_that_is_not_there_is_said_to_be_missing()
    {
        ProcessGroupOptions options = Ranks.Options(2, Short)[1];
        ProcessGroupException e = Assert.Throws<ProcessGroupException>(() => ProcessGroup.Join(options));
        Assert.Equal(ProcessGroupFailure.Rendezvous, e.Failure);
        Assert.Contains($"rank 1 of 2 waited 2.0 s for the store at 127.0.0.1:{options.MasterPort}: nothing listens there", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ProcessGroupException>(() => ProcessGroup.Join(options with { MasterAddress = "nobody.invalid", Timeout = TimeSpan.FromSeconds(1) }));
        Assert.Contains("the name is not known", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_listens_but_is_no_store_is_found_out()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        ProcessGroupOptions options = Ranks.Options(2, TimeSpan.FromSeconds(1))[1] with { MasterPort = ((IPEndPoint)silent.LocalEndpoint).Port };
        ProcessGroupException e = Assert.Throws<ProcessGroupException>(() => ProcessGroup.Join(options));
        Assert.Contains("found no store that answers", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_taken_is_said_to_be()
    {
        using TcpListener taken = new(IPAddress.Any, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        ProcessGroupException e = Assert.Throws<ProcessGroupException>(() => ProcessGroup.Join(Ranks.Options(2, Short)[0] with { MasterPort = port }));
        Assert.Equal(ProcessGroupFailure.Rendezvous, e.Failure);
        Assert.Contains($"port {port} of this machine: another process uses it already", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rank_that_never_comes_is_named()
    {
        ProcessGroupOptions[] options = Ranks.Options(3, Short);
        Ranks.All(options[..2], static each =>
        {
            ProcessGroupException e = Assert.Throws<ProcessGroupException>(() => ProcessGroup.Join(each));
            Assert.Equal(ProcessGroupFailure.Rendezvous, e.Failure);
            // Rank 0 hosts the store: where it gives up first, rank 1 may find it gone.
            if (each.Rank == 0)
            {
                Assert.Equal(2, e.LostRank);
                Assert.Contains("2 came, rank 2 did not", e.Message, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void Options_outside_their_range_are_refused_by_their_names()
    {
        ProcessGroupOptions good = Ranks.Options(2, Short)[0];
        Refuses(good with { Rank = 2 }, "RANK");
        Refuses(good with { WorldSize = 0 }, "WORLD_SIZE");
        Refuses(good with { MasterAddress = " " }, "MASTER_ADDR");
        Refuses(good with { MasterPort = 0 }, "MASTER_PORT");
        Refuses(good with { Timeout = TimeSpan.Zero }, "Timeout");
        Refuses(good with { Backend = "mpi" }, "\"gloo\" or \"nccl\"");
        if (!ProcessGroup.Has("nccl")) Assert.Contains("nccl.h", Assert.Throws<NotSupportedException>(() => ProcessGroup.Join(good with { Backend = "nccl" })).Message, StringComparison.Ordinal);

        static void Refuses(ProcessGroupOptions options, string says) =>
            Assert.Contains(says, Assert.Throws<ArgumentException>(() => ProcessGroup.Join(options)).Message, StringComparison.Ordinal);
    }

    internal static ProcessGroupException UntilLost(ProcessGroup group)
    {
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < Late)
        {
            try
            {
                group.ThrowIfLost();
            }
            catch (ProcessGroupException e)
            {
                return e;
            }
            Thread.Sleep(50);
        }
        throw new TimeoutException("Nobody was found lost.");
    }

    private static void Reduce(ProcessGroup group)
    {
        using Tensor mine = ones(4);
        group.AllReduce(mine);
    }
}
