namespace ResNetGen.Evaluation;

/// <summary>Some pictures of a source, one after another.</summary>
/// <param name="First">The first.</param>
/// <param name="Count">How many.</param>
internal readonly record struct PictureRange(int First, int Count)
{
    /// <summary>The first that does not belong to it.</summary>
    public int End => First + Count;

    /// <summary>One of several parts of a source that are nearly as large: each a whole number of groups, so that groups are those of the whole.</summary>
    /// <param name="pictures">Pictures of the source.</param>
    /// <param name="group">Pictures of a group; a last one may be smaller.</param>
    /// <param name="index">Which part, from 0.</param>
    /// <param name="of">Number of parts.</param>
    public static PictureRange Part(int pictures, int group, int index, int of)
    {
        long groups = ((long)pictures + group - 1) / group;
        int first = (int)Math.Min(groups * index / of * group, pictures);
        return new PictureRange(first, (int)Math.Min(groups * (index + 1) / of * group, pictures) - first);
    }
}
