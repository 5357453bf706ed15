namespace ResNetGen.Checkpoints;

/// <summary>
/// What is known of checkpoints that were read in full before: a file of the same length and time is not read again, so that
/// keeping many costs no more at each save than keeping few.
/// </summary>
internal sealed class VerifiedFiles
{
    private readonly Dictionary<string, (long Length, DateTime Time, CheckpointInfo Info)> known = new(StringComparer.Ordinal);

    /// <summary>Verifies a checkpoint to its last byte, or remembers that it did.</summary>
    /// <exception cref="BadInputException">The file is missing or damaged.</exception>
    public CheckpointInfo Verify(string path)
    {
        (long Length, DateTime Time)? stamp = Stamp(path);
        if (stamp is { } now && known.TryGetValue(path, out var found) && (found.Length, found.Time) == now)
            return found.Info;
        CheckpointInfo info = CheckpointFile.Verify(path);
        if (stamp is { } read) known[path] = (read.Length, read.Time, info);
        return info;
    }

    /// <summary>Null where there is none, or the disk does not say.</summary>
    private static (long Length, DateTime Time)? Stamp(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? (file.Length, file.LastWriteTimeUtc) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The same, with null for a file that is not whole.</summary>
    public CheckpointInfo? TryVerify(string path)
    {
        try
        {
            return Verify(path);
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    /// <summary>Reads a file in full whatever is known of it: it has just been written.</summary>
    /// <exception cref="BadInputException">The file is missing or damaged.</exception>
    public void VerifyAnew(string path)
    {
        Forget(path);
        Verify(path);
    }

    /// <summary>A file will be read in full the next time.</summary>
    public void Forget(string path) => known.Remove(path);
}
