using ResNetGen.Checkpoints;
using ResNetGen.Native;
using ResNetGen.Training;

namespace ResNetGen.Distributed;

/// <summary>
/// How far a run has come, for the message when another rank is lost, at whatever moment: which checkpoint stands, and what to do. Of what
/// happened in a group this alone makes the exception that a user gets.
/// </summary>
/// <param name="options">The run's options.</param>
/// <param name="restarted">Whether the processes were started again after one was lost.</param>
internal sealed class RunTrail(TrainerOptions options, bool restarted)
{
    private readonly bool _resumes = options.Resume || restarted;
    private string? _checkpoint;

    /// <summary>Iterations that are done; null before there are any to speak of.</summary>
    public long? Iteration { get; set; }

    /// <summary>The checkpoint that the run started from or wrote last; before it knows, the newest in the folder that it is to resume.</summary>
    public string? Checkpoint
    {
        get => _checkpoint ?? (_resumes ? Newest(options.Output) : null);
        set => _checkpoint = value;
    }

    /// <summary>What a user is told of it.</summary>
    public Exception Explain(ProcessGroupException failure)
    {
        if (failure.Failure == ProcessGroupFailure.Call)
        {
            // Nobody is lost, and starting all of them again would lead to the same.
            return new BadInputException(failure.Message, failure);
        }

        string? checkpoint = Checkpoint;
        string where = Iteration is { } done ? FormattableString.Invariant($" Training stopped after iteration {done:N0}.") : "";
        string advice = checkpoint is not null
            ? $"The last checkpoint, {checkpoint}, is from before and untouched: resume the run (Set TrainerOptions.Resume)."
            : options.Resume ? "The run's checkpoints are untouched: resume it again (Set TrainerOptions.Resume)."
            : "No checkpoint was written: start the run again.";
        return new PeerLostException($"{failure.Message}{where} {advice}", failure)
        {
            // Who gave up waiting is not lost.
            Rank = failure.Failure == ProcessGroupFailure.Closed ? null : failure.LostRank,
            Checkpoint = checkpoint,
        };
    }

    private static string? Newest(string output)
    {
        try
        {
            return new CheckpointFolder(RunFolder.Named(output).Checkpoints).Files.FirstOrDefault();
        }
        catch (BadInputException)
        {
            // A folder that cannot be read is none.
            return null;
        }
    }
}
