using System.Globalization;
using ResNetGen.Weights;

namespace ResNetGen.Checkpoints;

/// <summary>A damaged checkpoint that was passed over.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record PassedCheckpoint(string Path, string Reason);

/// <summary>The newest checkpoint that is whole, and the damaged ones that were passed over to find it.</summary>
/// <param name="Found">The checkpoint, or null where there is none.</param>
/// <param name="PassedOver">Damaged ones that are newer, newest first.</param>
public sealed record LatestCheckpoint(CheckpointInfo? Found, IReadOnlyList<PassedCheckpoint> PassedOver);

/// <summary>
/// The checkpoints of one run: <c>checkpoint-00032000.safetensors</c>, the iteration in its name. A file under that name is
/// complete, since it got the name only when it was on the disk to its last byte; its checksum says whether it still is what was
/// written. <see cref="CheckpointRetention"/> says which are kept; a run's result is always the last one.
/// </summary>
public sealed class CheckpointFolder
{
    private const string Prefix = "checkpoint-";
    private const string Ending = ".safetensors";
    private readonly VerifiedFiles verified = new();

    /// <summary>Names the folder; it is made when something is saved.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="keep">Which checkpoints to keep; left out, the last two.</param>
    /// <exception cref="BadInputException">A number in <paramref name="keep"/> means nothing.</exception>
    public CheckpointFolder(string path, CheckpointRetention? keep = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
        Keep = keep ?? new CheckpointRetention();
        Keep.Require();
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Which checkpoints are kept.</summary>
    public CheckpointRetention Keep { get; }

    /// <summary>The file for an iteration.</summary>
    /// <param name="iteration">Optimizer steps done.</param>
    public string PathOf(long iteration) =>
        System.IO.Path.Combine(Path, Prefix + iteration.ToString("D8", CultureInfo.InvariantCulture) + Ending);

    /// <summary>The files of the last checkpoints, newest first, without unfinished ones.</summary>
    /// <exception cref="BadInputException">The folder cannot be listed.</exception>
    public IReadOnlyList<string> Files => [.. Numbered().OrderByDescending(file => file.Iteration).Select(file => file.Path)];

    /// <summary>
    /// Writes a checkpoint, reads it and the one before it back to their last bytes, then deletes what is no longer kept. Checkpoints of later
    /// iterations (a run that went on from an earlier checkpoint leaves them) are set aside under the ending <c>.stale</c>, never deleted.
    /// </summary>
    /// <param name="state">The run.</param>
    /// <returns>The file.</returns>
    /// <exception cref="BadInputException">It cannot be written; the earlier checkpoints are untouched.</exception>
    public string Save(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        string path = PathOf(state.Position.Iteration);
        // Left by a run that was killed while it wrote; on a full disk it would stand in this one's way.
        ClearUnfinished();
        CheckpointFile.Save(path, state);
        verified.VerifyAnew(path);
        Tidy(state.Position.Iteration);
        return path;
    }

    /// <summary>Finds the newest checkpoint that is whole, verifying each from the newest on.</summary>
    /// <exception cref="BadInputException">The folder cannot be listed.</exception>
    public LatestCheckpoint FindLatestValid()
    {
        var passed = new List<PassedCheckpoint>();
        foreach (string file in Files)
        {
            try
            {
                return new LatestCheckpoint(CheckpointFile.Verify(file), passed);
            }
            catch (BadInputException e)
            {
                passed.Add(new PassedCheckpoint(file, e.Message));
            }
        }
        return new LatestCheckpoint(null, passed);
    }

    /// <summary>Refuses to start a new run where another one's checkpoints are: a later resume could not tell them apart.</summary>
    /// <exception cref="CheckpointException">There are checkpoints.</exception>
    public void RefuseIfOccupied()
    {
        if (Files is [var newest, ..])
            throw new CheckpointException(newest, "the output folder holds a run already. Set TrainerOptions.Resume to go on with it, or give another TrainerOptions.Output.");
    }

    private List<(long Iteration, string Path)> Numbered()
    {
        List<(long Iteration, string Path)> numbered = [];
        foreach (string file in List(Prefix + "*" + Ending))
        {
            ReadOnlySpan<char> name = System.IO.Path.GetFileName(file.AsSpan());
            if (name.EndsWith(Ending, StringComparison.Ordinal)
                && long.TryParse(name[Prefix.Length..^Ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long iteration))
                numbered.Add((iteration, file));
        }
        return numbered;
    }

    private string[] List(string pattern)
    {
        try
        {
            return Directory.Exists(Path) ? Directory.GetFiles(Path, pattern) : [];
        }
        catch (DirectoryNotFoundException)
        {
            // It went in between.
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The checkpoints in {Path} cannot be listed: {e.Message} Check the disk and the folder's permissions.", e);
        }
    }

    /// <summary>What cannot be tidied now is at the next save: the checkpoint itself is written.</summary>
    private void Tidy(long saved)
    {
        List<CheckpointInfo> whole = [];
        IReadOnlyList<(long Iteration, string Path)> numbered = TryList(Numbered);
        // The one to go back to where the new one is lost: a disk can damage it without a trace in its length or time.
        if (numbered.Where(file => file.Iteration < saved).OrderByDescending(static file => file.Iteration).FirstOrDefault().Path is { } before)
            verified.Forget(before);
        foreach ((long iteration, string file) in numbered)
        {
            if (iteration > saved) SetAside(file);
            else if (verified.TryVerify(file) is { } info) whole.Add(info);
        }
        HashSet<CheckpointInfo> kept = Keep.Choose(whole);
        foreach (CheckpointInfo info in whole.Where(info => !kept.Contains(info))) AtomicFile.TryDelete(info.Path);
    }

    private void ClearUnfinished()
    {
        foreach (string file in TryList(() => List("*" + Ending + AtomicFile.TemporaryEnding))) AtomicFile.TryDelete(file);
    }

    private static IReadOnlyList<T> TryList<T>(Func<IReadOnlyList<T>> list)
    {
        try
        {
            return list();
        }
        catch (BadInputException)
        {
            return [];
        }
    }

    private static void SetAside(string file)
    {
        try
        {
            File.Move(file, file + ".stale", overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays where it is; the checkpoint itself is written.
        }
    }
}
