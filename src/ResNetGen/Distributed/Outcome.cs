using ResNetGen.Native;
using ResNetGen.Training;

namespace ResNetGen.Distributed;

/// <summary>How something ended on a rank, as a text for the others: its kind and its message, or its result.</summary>
internal static class Outcome
{
    // In the order of their weight: where ranks end differently, all do as the heaviest.
    private static readonly string[] Kinds = ["done", "cancelled", "bad", "diverged", "failed"];

    /// <summary>As text.</summary>
    public static string Write(Exception? failure, string? result = "") => failure switch
    {
        null => $"done\n{result}",
        OperationCanceledException => $"cancelled\n{failure.Message}",
        BadInputException or IOException or UnauthorizedAccessException => $"bad\n{failure.Message}",
        TrainingDivergedException => $"diverged\n{failure.Message}",
        _ => $"failed\n{failure.GetType().Name}: {failure.Message.Split('\n', 2)[0]}",
    };

    /// <summary>The result in a text.</summary>
    public static string ResultOf(string outcome) => outcome.Split('\n', 2)[1];

    /// <summary>
    /// What a rank throws, seeing how all have ended; null where all are done. All ranks throw the same kind, but where one failed in a way
    /// that nobody foresaw: the others have lost it.
    /// </summary>
    /// <param name="own">Its own failure, or null.</param>
    /// <param name="rank">Which one it is.</param>
    /// <param name="outcomes">Everybody's outcome, by rank.</param>
    public static Exception? Decide(Exception? own, int rank, IReadOnlyList<string> outcomes)
    {
        int[] weights = [.. outcomes.Select(static outcome => Array.IndexOf(Kinds, outcome.Split('\n', 2)[0]))];
        int heaviest = weights.Max();
        if (heaviest == 0)
        {
            return null;
        }

        if (own is not null && weights[rank] == heaviest)
        {
            // Whoever goes on after one kind of exception must do so on all ranks: what the others hear of a disk is bad input.
            return own is IOException or UnauthorizedAccessException ? new BadInputException(own.Message, own) : own;
        }

        int first = Array.IndexOf(weights, heaviest);
        string message = FormattableString.Invariant($"Rank {first}: {ResultOf(outcomes[first])}");
        return Kinds[heaviest] switch
        {
            "cancelled" => new OperationCanceledException(FormattableString.Invariant($"Rank {first} was asked to stop.")),
            "bad" => new BadInputException(message),
            "diverged" => new TrainingDivergedException(message),
            _ => new ProcessGroupException(FormattableString.Invariant($"Rank {first} failed: {ResultOf(outcomes[first])}"), ProcessGroupFailure.PeerLost, first),
        };
    }
}
