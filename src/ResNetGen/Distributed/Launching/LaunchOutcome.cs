using System.Diagnostics;
using System.Globalization;

namespace ResNetGen.Distributed.Launching;

/// <summary>What a launch came to: its exit code, and whose fault it was.</summary>
/// <param name="ExitCode">The launcher's exit code.</param>
/// <param name="Message">What is said, or null where all went well.</param>
internal sealed record LaunchOutcome(int ExitCode, string? Message)
{
    /// <summary>Ends this near to each other are seen in one look where a machine is busy, and then in any order.</summary>
    private static readonly TimeSpan SameLook = TimeSpan.FromMilliseconds(100);

    /// <summary>Judges the ends of all ranks.</summary>
    /// <param name="ended">The ranks in the order in which they ended.</param>
    /// <param name="asked">Those that were asked to end because of one that had failed.</param>
    /// <param name="killed">Those that had to be killed in the end.</param>
    /// <param name="stop">The signal from outside that asked all to end, or null.</param>
    /// <param name="grace">The time that they had.</param>
    public static LaunchOutcome Of(
        IReadOnlyList<RankProcess> ended, IReadOnlyList<RankProcess> asked, IReadOnlyList<RankProcess> killed, int? stop, TimeSpan grace)
    {
        // Whoever ends as a signal asked, or at the launcher's hand, has done nothing wrong.
        RankProcess[] failed =
        [
            .. ended.Where(rank => rank.ExitCode != 0 && rank.ExitCode != 128 + stop && !asked.Contains(rank) && !killed.Contains(rank)),
        ];
        string late = string.Create(CultureInfo.InvariantCulture,
            $"{Together(killed)} did not end within {grace.TotalSeconds:0.#} s and {(killed.Count == 1 ? "was" : "were")} killed");
        if (Culprit(failed) is { } culprit)
        {
            return new LaunchOutcome(culprit.ExitCode!.Value,
                HowItEnded(culprit) + (ended.Count > 1 ? "; the others were ended" : "") + (killed.Count > 0 ? ", but " + late : ""));
        }

        if (failed.Length > 0 && killed.Count > 0)
        {
            // The others waited for it in vain, which is how they came to their end.
            return new LaunchOutcome(128 + UnixSignal.Kill, $"{Together(killed)} hung: {Together(failed)} waited in vain and ended; {late}");
        }

        if (failed.Length > 0)
        {
            return new LaunchOutcome(ProcessLauncher.PeerLost, $"{Together(failed)} lost the connection to the others "
                + $"(exit code {ProcessLauncher.PeerLost.ToString(CultureInfo.InvariantCulture)}), and none failed by itself");
        }

        bool stopped = stop is not null && ended.Any(static rank => rank.ExitCode != 0);
        return new LaunchOutcome(stopped ? 128 + stop!.Value : 0, killed.Count > 0 ? late : null);
    }

    /// <summary>"rank 2 (process 4711) was killed by signal 9 (SIGKILL) after 12 s".</summary>
    public static string HowItEnded(RankProcess rank)
    {
        string how = rank.ExitCode switch
        {
            > 128 and < 192 and int code => "was killed by " + UnixSignal.Describe(code - 128),
            ProcessLauncher.PeerLost => "lost another rank and ended",
            int code => "ended with exit code " + code.ToString(CultureInfo.InvariantCulture),
            null => "is running",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{rank} {how} after {rank.Lived.TotalSeconds:0.#} s");
    }

    /// <summary>
    /// Who failed first of those that did not merely lose another. Programs that do not know of 75 end with any code when a peer
    /// is gone; of two ends in one look it was the kill from outside that came first.
    /// </summary>
    private static RankProcess? Culprit(IEnumerable<RankProcess> failed)
    {
        RankProcess[] own = [.. failed.Where(static rank => rank.ExitCode != ProcessLauncher.PeerLost)];
        return own.FirstOrDefault(rank => rank.ExitCode == 128 + UnixSignal.Kill && Stopwatch.GetElapsedTime(own[0].EndedAt, rank.EndedAt) < SameLook)
            ?? own.FirstOrDefault();
    }

    private static string Together(IReadOnlyList<RankProcess> ranks) => string.Join(", ", ranks.Select(static rank => rank.ToString()));
}
