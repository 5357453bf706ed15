using System.Security.Cryptography;
using System.Text;
using ResNetGen.Checkpoints;
using ResNetGen.Distributed;

namespace ResNetGen.Training;

/// <summary>Where a run starts.</summary>
/// <param name="Checkpoint">The checkpoint that it goes on from; null for a fresh run.</param>
/// <param name="Notes">What the user should know of it, in sentences.</param>
internal sealed record RunStart(CheckpointInfo? Checkpoint, IReadOnlyList<string> Notes)
{
    /// <summary>The checkpoint's path, on rank 0's machine; null for a fresh run.</summary>
    public string? Path { get; private init; } = Checkpoint?.Path;

    /// <summary>A run's first step.</summary>
    public static RunStart Fresh { get; } = new(null, []);

    /// <summary>Looks for it in the run's folder.</summary>
    /// <param name="checkpoints">The run's checkpoints.</param>
    /// <param name="resume">Whether to go on from the newest.</param>
    /// <param name="identity">What run it is.</param>
    /// <exception cref="BadInputException">There is nothing to resume, or another run; or a run where a fresh one was asked for.</exception>
    public static RunStart Find(CheckpointFolder checkpoints, bool resume, RunIdentity identity)
    {
        if (!resume)
        {
            checkpoints.RefuseIfOccupied();
            return Fresh;
        }

        LatestCheckpoint latest = checkpoints.FindLatestValid();
        if (latest.Found is null)
        {
            throw latest.PassedOver.Count == 0 ? Nothing(checkpoints) : new BadInputException(
                $"Nothing to resume: no checkpoint in {checkpoints.Path} is whole. {latest.PassedOver[0].Reason} Start the run again with another TrainerOptions.Output.");
        }

        RunSettings.RequireSame(identity, latest.Found);
        return new RunStart(latest.Found, [.. latest.PassedOver.Select(static passed => $"passed over a damaged checkpoint. {passed.Reason}")]);
    }

    /// <summary>
    /// The same for several ranks: rank 0's folder decides. The others may be on machines that do not see it; where they find a
    /// checkpoint, it must be that one, since another would be a newer or an older part of the run, left there by an earlier session.
    /// </summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="checkpoints">The run's checkpoints, on this machine.</param>
    /// <param name="resume">Whether to go on from the newest.</param>
    /// <param name="restarted">Whether the processes were started again after one was lost: then there may be a checkpoint.</param>
    /// <param name="identity">What run it is.</param>
    /// <exception cref="BadInputException">As above; or the ranks find different checkpoints.</exception>
    public static RunStart Find(Ranks ranks, CheckpointFolder checkpoints, bool resume, bool restarted, RunIdentity identity)
    {
        if (!ranks.AreJoined)
        {
            return Find(checkpoints, resume || (restarted && checkpoints.Files.Count > 0), identity);
        }

        RunStart own = ranks.Together(() => !(resume || restarted) || checkpoints.Files.Count > 0 ? Find(checkpoints, resume || restarted, identity) : Fresh);
        IReadOnlyList<string> found = ranks.Texts(own.Checkpoint is { } info ? Describe(info) : "");
        for (int rank = 1; rank < found.Count; rank++)
        {
            if (found[rank].Length > 0 && What(found[rank]) != What(found[0]))
            {
                throw ranks.Known(new BadInputException(
                    $"The ranks do not find the same run to resume: rank 0 finds {(found[0].Length > 0 ? found[0] : $"no checkpoint in {checkpoints.Path}")}, rank {rank} {found[rank]}. ".Replace('\t', ' ')
                    + "Rank 0 writes the checkpoints: give it the folder that is to be resumed, and remove or rename the other one."));
            }
        }

        return found[0].Length > 0 ? own with { Path = found[0].Split('\t')[0] }
            : !resume || restarted ? own
            : throw ranks.Known(Nothing(checkpoints));
    }

    // A folder may have another name on another machine.
    private static string What(string found) => found.Split('\t')[^1];

    private static BadInputException Nothing(CheckpointFolder checkpoints) => new(
        $"Nothing to resume: there is no checkpoint in {checkpoints.Path}. Leave TrainerOptions.Resume out to start a run there, or give another TrainerOptions.Output.");

    /// <summary>A checkpoint in words that no other one has: what it says of its run includes sums and times.</summary>
    private static string Describe(CheckpointInfo info)
    {
        string said = string.Join('\n', info.Extra.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}"));
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)));
        return FormattableString.Invariant($"{info.Path}\t(after iteration {info.Position.Iteration:N0}, content {hash[..8]})");
    }
}
