namespace ResNetGen.Data;

/// <summary>
/// The part of each batch that one of several processes takes: the pictures of a batch are cut into equal runs, one a process, in
/// their order. Where pictures are mixed with the batch in reverse order, the partners of a part lie in the part of another process,
/// which this one then makes too, behind its own.
/// </summary>
/// <param name="Index">Which part, from 0.</param>
/// <param name="Of">Number of parts.</param>
/// <param name="WithPartners">Whether the partners of its pictures are made as well.</param>
internal sealed record BatchShare(int Index, int Of, bool WithPartners = false)
{
    /// <summary>All of it.</summary>
    public static BatchShare Whole { get; } = new(0, 1);

    /// <summary>Whether partners come behind its own pictures; the part in the middle holds its own.</summary>
    public bool HasPartners => WithPartners && Partner != Index;

    private int Partner => Of - 1 - Index;

    /// <summary>The runs of rows that it takes of a batch: its own, then its partners'.</summary>
    /// <param name="batch">Pictures of the batch.</param>
    public IEnumerable<(int First, int Count)> Runs(int batch)
    {
        yield return Run(Index, batch);
        if (HasPartners)
        {
            yield return Run(Partner, batch);
        }
    }

    /// <summary>Rows that it takes of a batch, partners counted.</summary>
    public int CountOf(int batch) => Run(Index, batch).Count + (HasPartners ? Run(Partner, batch).Count : 0);

    /// <summary>The row of the batch that stands at a place of the part.</summary>
    public int RowAt(int batch, int place)
    {
        (int first, int count) = Run(Index, batch);
        return place < count ? first + place : Run(Partner, batch).First + place - count;
    }

    private (int First, int Count) Run(int index, int batch)
    {
        int first = (int)((long)batch * index / Of);
        return (first, (int)((long)batch * (index + 1) / Of) - first);
    }
}
