using ResNetGen.Checkpoints;

namespace ResNetGen.Training;

/// <summary>Where a run starts.</summary>
/// <param name="Checkpoint">The checkpoint that it goes on from; null for a fresh run.</param>
/// <param name="Notes">What the user should know of it, in sentences.</param>
internal sealed record RunStart(CheckpointInfo? Checkpoint, IReadOnlyList<string> Notes)
{
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
            throw new BadInputException(latest.PassedOver.Count == 0
                ? $"Nothing to resume: there is no checkpoint in {checkpoints.Path}. Leave TrainerOptions.Resume out to start a run there, or give another TrainerOptions.Output."
                : $"Nothing to resume: no checkpoint in {checkpoints.Path} is whole. {latest.PassedOver[0].Reason} Start the run again with another TrainerOptions.Output.");
        }

        RunSettings.RequireSame(identity, latest.Found);
        return new RunStart(latest.Found, [.. latest.PassedOver.Select(static passed => $"passed over a damaged checkpoint. {passed.Reason}")]);
    }
}
