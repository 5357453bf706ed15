using ResNetGen.Data;

namespace ResNetGen.Samples;

/// <summary>
/// Work that all processes of a machine need done once, such as a download: the first does it while the others wait, and find it done.
/// </summary>
internal static class OneAtATime
{
    /// <summary>
    /// Does it under a lock, a file in the user's cache, where this is one of several processes of a run. Where there can be no lock, it is
    /// done without.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled while it waited.</exception>
    public static T Run<T>(CancellationToken cancellation, Func<T> work)
    {
        using FileStream? held = RankZero.IsAlone ? null : Take(DataSource.CacheFolder(Environment.GetEnvironmentVariable), cancellation);
        return work();
    }

    /// <summary>The lock in a folder; null where none can be made there.</summary>
    internal static FileStream? Take(string folder, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return new FileStream(Path.Combine(folder, "pictures.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsHeld(e))
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

    /// <summary>
    /// Whether a file is locked by another process, and not on a disk that takes no more or cannot be written: EWOULDBLOCK of flock
    /// (11 on Linux, 35 on macOS and BSD), ERROR_SHARING_VIOLATION on Windows.
    /// </summary>
    internal static bool IsHeld(IOException failure) => failure.HResult == (
        OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 35 : 11);
}
