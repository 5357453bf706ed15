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
        var file = new FileInfo(path);
        if (file.Exists && known.TryGetValue(path, out var found) && found.Length == file.Length && found.Time == file.LastWriteTimeUtc)
            return found.Info;
        CheckpointInfo info = CheckpointFile.Verify(path);
        known[path] = (file.Length, file.LastWriteTimeUtc, info);
        return info;
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
        known.Remove(path);
        Verify(path);
    }
}
