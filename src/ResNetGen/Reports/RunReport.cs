namespace ResNetGen.Reports;

/// <summary>
/// The report of one run or of several: one page of HTML that needs nothing else, neither scripts nor fonts nor a network. It
/// is made from what the runs left in their folders, so it can be made again at any time, while they run too
/// (<c>resnetgen report</c> does).
/// </summary>
public static class RunReport
{
    /// <summary>The page's name where nobody gives one.</summary>
    public const string FileName = RunFiles.Report;

    /// <summary>Writes the report of one run into its folder, as <see cref="FileName"/>.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>The page's full path.</returns>
    /// <exception cref="BadInputException">The folder is not a run's, or the page cannot be written.</exception>
    public static string Write(string folder)
    {
        RunRecord run = RunRecord.Read(folder);
        string path = Path.Combine(run.Folder, FileName);
        Write(path, [run]);
        return path;
    }

    /// <summary>Writes one page about all of some runs: their curves on one plot, the settings in which they differ, their results.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="runs">The runs, at least one; they get their colours in this order.</param>
    /// <exception cref="BadInputException">The page cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        RunNames.MakeDistinct(runs);
        Weights.AtomicFile.WriteText(path, ReportPage.Of(runs));
    }
}
