using System.Diagnostics;

namespace ResNetGen.Native.Tests.Distributed;

/// <summary>Ranks that were not started alike are told at once, all of them, and not after the timeout.</summary>
public class EnlistingTests
{
    [Fact]
    public void Different_numbers_of_ranks_are_told_to_all_at_once()
    {
        ProcessGroupOptions[] options = Ranks.Options(3, Ranks.Timeout);
        string[] told = Refused([options[0] with { WorldSize = 2 }, options[1]]);
        // Whoever came first, the other one is compared with it; both say the same.
        Assert.Equal(told[0], told[1]);
        Assert.Matches(@"^rank (0|1) \(process \d+ on \S+\) was started as one of (2|3) ranks, but rank (1|0) \(process \d+ on \S+\) as one of (3|2): WORLD_SIZE must be the same in all\. ", told[0]);
        Assert.Contains("MASTER_PORT", told[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Two_processes_of_one_rank_are_told_to_all_at_once()
    {
        ProcessGroupOptions[] options = Ranks.Options(3, Ranks.Timeout);
        string[] told = Refused([options[0], options[1], options[1]]);
        Assert.All(told, message => Assert.Equal(told[0], message));
        Assert.Matches(@"^rank 1 \(process \d+ on \S+\) came, but there is a rank 1 already among the 3 \(process \d+ on \S+\): two processes were started with the same RANK, ", told[0]);
    }

    [Fact]
    public void Who_comes_too_many_is_refused_and_a_group_that_is_complete_goes_on()
    {
        ProcessGroupOptions[] options = Ranks.Options(2, Ranks.Timeout);
        using Barrier joined = new(3), refused = new(3);
        Ranks.All<ProcessGroupOptions?>([.. options, null], each =>
        {
            if (each is not null)
            {
                using ProcessGroup group = ProcessGroup.Join(each);
                joined.SignalAndWait();
                refused.SignalAndWait();
                group.Barrier();
                return;
            }
            joined.SignalAndWait();
            try
            {
                Assert.Contains("there is a rank 1 already among the 2", Assert.Single(Refused([options[1]])), StringComparison.Ordinal);
                Assert.Contains("as one of 3 ranks, but rank ", Assert.Single(Refused([options[1] with { WorldSize = 3, Rank = 2 }])), StringComparison.Ordinal);
            }
            finally
            {
                refused.SignalAndWait();
            }
        });
    }

    /// <summary>What each is told, long before the timeout.</summary>
    private static string[] Refused(ProcessGroupOptions[] all)
    {
        string[] told = new string[all.Length];
        Ranks.All([.. Enumerable.Range(0, all.Length)], i =>
        {
            long begun = Stopwatch.GetTimestamp();
            ProcessGroupException e = Assert.Throws<ProcessGroupException>(() => ProcessGroup.Join(all[i]));
            Assert.True(Stopwatch.GetElapsedTime(begun) < Ranks.Timeout, "It waited for the timeout.");
            Assert.Equal(ProcessGroupFailure.Rendezvous, e.Failure);
            told[i] = e.Message;
        });
        return told;
    }
}
