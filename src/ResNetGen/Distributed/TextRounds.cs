using System.Diagnostics;
using ResNetGen.Native;

namespace ResNetGen.Distributed;

/// <summary>
/// Texts that all ranks exchange through the group's store, one round after the other. A round waits as long as the ranks that are missing
/// give signs of work: the first reading of a dataset or a large checkpoint may take longer than any step. It ends as soon as the group
/// knows of a rank that is lost, and after a while where this process was asked to stop and nothing comes any more.
/// </summary>
/// <param name="group">The group.</param>
/// <param name="cancellation">Asks this process to stop.</param>
internal sealed class TextRounds(ProcessGroup group, CancellationToken cancellation = default)
{
    private static readonly TimeSpan Question = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Sign = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(1);

    // A process that counted up a number each second and has not for so long is held, or gone.
    private readonly TimeSpan _silence = group.Timeout < TimeSpan.FromSeconds(30) ? group.Timeout : TimeSpan.FromSeconds(30);
    private long _round;

    /// <summary>Gives signs of work until it is disposed.</summary>
    public IDisposable ShowWork() => new Timer(_ => Try(() => group.Add(WorkOf(group.Rank), 1)), null, TimeSpan.Zero, Sign);

    /// <summary>Everybody's text, by rank.</summary>
    /// <exception cref="ProcessGroupException">A rank is lost, or gives no sign of work any more.</exception>
    public IReadOnlyList<string> Exchange(string own)
    {
        long round = _round++;
        group.Set(KeyOf(round, group.Rank), own);
        string[] all = [.. Enumerable.Range(0, group.WorldSize).Select(rank => rank == group.Rank ? own : Wait(KeyOf(round, rank), rank))];
        if (round > 0)
        {
            // Who came to this round has read all of the one before: nobody asks for its texts any more.
            group.Delete(KeyOf(round - 1, group.Rank));
        }

        return all;
    }

    /// <summary>The store goes with rank 0, which therefore waits until the others have read all they want.</summary>
    /// <param name="aborted">Whether the group is broken: then the others read why, and say nothing any more.</param>
    public void Leave(bool aborted) => Try(() =>
    {
        if (aborted)
        {
            Thread.Sleep(group.Rank == 0 ? LastWord : TimeSpan.Zero);
            return;
        }

        long gone = group.Add("left", 1);
        long began = Stopwatch.GetTimestamp();
        while (group.Rank == 0 && gone < group.WorldSize && Stopwatch.GetElapsedTime(began) < Parting)
        {
            Thread.Sleep(5);
            gone = group.Add("left", 0);
        }
    });

    private string Wait(string key, int rank)
    {
        (long signs, int seen) = (-1, 0);
        long since = Stopwatch.GetTimestamp(), asked = since;
        bool stops = false;
        for (int pause = 1; ; pause = Math.Min(2 * pause, 50))
        {
            if (group.TryGet(key, out string? text))
            {
                return text;
            }

            long now = group.Add(WorkOf(rank), 0);
            if (now != signs)
            {
                (signs, since, seen) = (now, Stopwatch.GetTimestamp(), seen + 1);
            }

            if (Stopwatch.GetElapsedTime(asked) > Question)
            {
                asked = Stopwatch.GetTimestamp();
                try
                {
                    group.ThrowIfLost();
                }
                catch (ProcessGroupException) when (group.TryGet(key, out text))
                {
                    // It left its text before it went, which is how a rank leaves that has all it wants.
                    return text!;
                }
            }

            if (!stops && cancellation.IsCancellationRequested)
            {
                // What the others do on the same request may take them a moment, but not one without a sign of it.
                (stops, since) = (true, Stopwatch.GetTimestamp());
            }

            // The first look finds what was counted before, and a timer may fire once more after its end: it takes three to see it work.
            TimeSpan patience = seen > 2 ? _silence : group.Timeout;
            patience = stops && patience > StopDeadline.Patience ? StopDeadline.Patience : patience;
            if (Stopwatch.GetElapsedTime(since) > patience)
            {
                throw new ProcessGroupException(FormattableString.Invariant(
                    $"Rank {rank} of {group.WorldSize} is lost: rank {group.Rank} waited for it, and for {patience.TotalSeconds:G3} s it gave no sign of work{(stops ? ", while this one was asked to stop" : "")}."),
                    ProcessGroupFailure.PeerLost, rank);
            }

            Thread.Sleep(pause);
        }
    }

    private static string KeyOf(long round, int rank) => FormattableString.Invariant($"text/{round}/{rank}");

    private static string WorkOf(int rank) => FormattableString.Invariant($"work/{rank}");

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is ProcessGroupException or ObjectDisposedException)
        {
            // Whoever waits for a sign of a group that is gone has noticed.
        }
    }
}
