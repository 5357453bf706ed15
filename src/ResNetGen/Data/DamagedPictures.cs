using System.Collections.Concurrent;

namespace ResNetGen.Data;

/// <summary>Looks for files that cannot be read before a run meets them after hours.</summary>
public static class DamagedPictures
{
    /// <summary>Decodes every picture once, on all cores.</summary>
    /// <param name="source">The pictures.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>One message for each that cannot be read, in the order of the pictures.</returns>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static IReadOnlyList<string> Find(PictureSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var found = new ConcurrentDictionary<int, string>();
        Parallel.For(0, source.Count, new ParallelOptions { CancellationToken = cancellation }, static () => new Picture(), (i, _, picture) =>
        {
            try
            {
                source.Load(i, picture);
                picture.ShowWhole();
            }
            catch (BadInputException e)
            {
                found[i] = e.Message;
            }
            return picture;
        }, static _ => { });
        return [.. found.OrderBy(static each => each.Key).Select(static each => each.Value)];
    }
}
