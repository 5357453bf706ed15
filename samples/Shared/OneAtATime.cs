using ResNetGen.Data;

namespace ResNetGen.Samples;

/// <summary>
/// Work that all processes of a machine need done once, such as a download: the first does it while the others wait, and find it done.
/// </summary>
internal static class OneAtATime
{
    /// <summary>Does it under a lock, a file in the user's cache. Where there can be no lock, it is done without.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled while it waited.</exception>
    public static T Run<T>(CancellationToken cancellation, Func<T> work)
    {
        using FileStream? held = Take(cancellation);
        return work();
    }

    private static FileStream? Take(CancellationToken cancellation)
    {
        string folder = DataSource.CacheFolder(Environment.GetEnvironmentVariable);
        string path = Path.Combine(folder, "pictures.lock");
        while (true)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process has it.
                if (cancellation.WaitHandle.WaitOne(100))
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
