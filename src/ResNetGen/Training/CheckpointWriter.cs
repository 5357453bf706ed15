using System.Globalization;

namespace ResNetGen.Training;

/// <summary>
/// Writes a run's checkpoints and decides what a disk that will not take one means: in the middle of a run a warning, at its
/// end an error. What stands on the disk already is untouched by either.
/// </summary>
/// <param name="save">Writes a checkpoint, given the seconds of training so far, and says where.</param>
/// <param name="start">The checkpoint that the run goes on from, or null.</param>
/// <param name="observers">Who is told.</param>
internal sealed class CheckpointWriter(Func<double, string> save, string? start, ITrainingObserver observers)
{
    /// <summary>The newest checkpoint of the run, or null.</summary>
    public string? Last { get; private set; } = start;

    /// <summary>Whether <see cref="Last"/> holds all that the run has done.</summary>
    public bool IsCurrent { get; set; } = start is not null;

    /// <summary>A full disk is no reason to lose a run: it is said, and tried again at the next checkpoint.</summary>
    public void SaveIfPossible(RunProgress progress, double elapsed)
    {
        try
        {
            Save(progress, elapsed);
        }
        catch (BadInputException e)
        {
            observers.OnWarning($"{e.Message} {Standing} Training goes on, and tries again at the next checkpoint.");
        }
    }

    /// <summary>Saves what is not saved yet. Whoever stops here must know what is on the disk and what is not.</summary>
    /// <exception cref="BadInputException">The checkpoint cannot be written.</exception>
    public void SaveOrFail(RunProgress progress, double elapsed)
    {
        if (IsCurrent)
        {
            return;
        }

        try
        {
            Save(progress, elapsed);
        }
        catch (BadInputException e)
        {
            throw new BadInputException(string.Create(CultureInfo.InvariantCulture,
                $"The run stopped after iteration {progress.Iteration:N0}, and no checkpoint of it could be written: {e.Message} {Standing}"), e);
        }
    }

    private void Save(RunProgress progress, double elapsed)
    {
        Last = save(elapsed);
        IsCurrent = true;
        observers.OnCheckpoint(progress.Iteration, Last);
    }

    private string Standing => Last switch
    {
        null => "There is no checkpoint of this run yet.",
        _ when File.Exists(Last) => $"The last checkpoint, {Last}, is untouched.",
        _ => $"The last checkpoint, {Last}, is there no more.",
    };
}
