using System.Globalization;

namespace ResNetGen.Distributed.Launching;

/// <summary>Lines of a rank other than 0, with its number before them: all, or what it complains of.</summary>
internal sealed class RankView(int rank, LaunchOptions options)
{
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"[rank {rank}] ");

    /// <summary>Shows what comes until it ends.</summary>
    public Task Show(StreamReader lines, bool complaintsOnly) => Task.Factory.StartNew(() =>
    {
        try
        {
            while (lines.ReadLine() is { } line)
            {
                if (!complaintsOnly || IsComplaint(line))
                {
                    // One call a line: lines of several ranks do not mix.
                    lock (options.Messages)
                    {
                        options.Messages.WriteLine(_prefix + line);
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process is gone, or who reads the messages is.
        }
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static bool IsComplaint(string line)
    {
        string text = line.TrimStart();
        return text.StartsWith("error", StringComparison.OrdinalIgnoreCase) || text.StartsWith("warning", StringComparison.OrdinalIgnoreCase);
    }
}
