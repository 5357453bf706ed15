using ResNetGen.Weights;

namespace ResNetGen.Training;

/// <summary>
/// A file that grows record by record (lines, events) and loses none: each is on the disk when <see cref="Append"/> returns. What
/// cannot be written stays in memory for the next time; a record of which a full disk took only a part is cut off first; a file that
/// has vanished or become shorter is written again as a whole.
/// </summary>
internal sealed class GrowingFile(string path)
{
    private readonly List<byte[]> _records = [];
    private int _written;
    private long _length;

    /// <summary>Starts anew with some records; the file changes as a whole.</summary>
    /// <exception cref="BadInputException">It cannot be written.</exception>
    public void Start(IEnumerable<byte[]> records)
    {
        _records.Clear();
        _records.AddRange(records);
        WriteAll();
    }

    /// <summary>Adds a record.</summary>
    /// <exception cref="BadInputException">It cannot be written now; it is not lost.</exception>
    public void Append(byte[] record)
    {
        _records.Add(record);
        Flush();
    }

    /// <summary>Writes what could not be written before.</summary>
    /// <exception cref="BadInputException">It still cannot.</exception>
    public void Flush()
    {
        if (_written == _records.Count)
        {
            return;
        }

        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length < _length)
            {
                WriteAll();
                return;
            }

            // No buffer of the stream's own: records go in one call, and a process killed between two calls has cut none.
            byte[] bytes = [.. _records.Skip(_written).SelectMany(static record => record)];
            using FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
            stream.SetLength(_length);
            stream.Position = _length;
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
            _length += bytes.Length;
            _written = _records.Count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"{path} cannot be written: {e.Message} Its {_records.Count - _written} newest records are kept in memory and written when they can be.", e);
        }
    }

    /// <summary>Writes what could not be written before, for the last time.</summary>
    /// <exception cref="BadInputException">It still cannot, and is lost with the process; the message says how many records.</exception>
    public void Finish()
    {
        try
        {
            Flush();
        }
        catch (BadInputException e)
        {
            int lost = _records.Count - (File.Exists(path) ? _written : 0);
            throw new BadInputException(FormattableString.Invariant(
                $"{path} lacks its last {lost} {(lost == 1 ? "record" : "records")}: {(e.InnerException ?? e).Message}"), e);
        }
    }

    private void WriteAll()
    {
        byte[] bytes = [.. _records.SelectMany(static record => record)];
        AtomicFile.Write(path, stream => stream.Write(bytes));
        _length = bytes.Length;
        _written = _records.Count;
    }
}
