using System.Globalization;
using ResNetGen.Distributed;
using ResNetGen.Distributed.Launching;
using ResNetGen.Native;

namespace ResNetGen.DataParallel.Tests;

/// <summary>Texts that ranks exchange through the store.</summary>
public sealed class TextRoundsTests
{
    private const int Ranks = 3, Rounds = 60;

    /// <summary>The store is rank 0's memory: a run of weeks must not fill it.</summary>
    [Fact]
    public async Task Rounds_that_are_over_leave_nothing_in_the_store()
    {
        int port = FreePort.Find();
        long[][] keys = [.. Enumerable.Range(0, Ranks).Select(static _ => new long[Rounds])];
        Task[] ranks = [.. Enumerable.Range(0, Ranks).Select(rank => Task.Factory.StartNew(() =>
        {
            using ProcessGroup group = ProcessGroup.Join(new ProcessGroupOptions
            {
                Rank = rank, WorldSize = Ranks, MasterAddress = "127.0.0.1", MasterPort = port, Timeout = TimeSpan.FromSeconds(20),
            });
            TextRounds rounds = new(group);
            for (int round = 0; round < Rounds; round++)
            {
                string[] expected = [.. Enumerable.Range(0, Ranks).Select(each => string.Create(CultureInfo.InvariantCulture, $"{each} in {round}"))];
                Assert.Equal(expected, rounds.Exchange(expected[rank]));
                keys[rank][round] = group.CountKeys();
            }

            rounds.Leave(aborted: false);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        await Task.WhenAll(ranks);

        // This round's texts, the next one's of those who are ahead, and those of the one before that are about to go.
        long begin = keys.Min(static counts => counts[0]);
        Assert.All(keys, counts => Assert.All(counts, count => Assert.InRange(count, 1, begin + (3 * Ranks) + Ranks)));
    }
}
