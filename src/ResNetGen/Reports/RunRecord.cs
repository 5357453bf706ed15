using System.Globalization;

namespace ResNetGen.Reports;

/// <summary>
/// A run as its folder tells it: settings, readings, evaluations and what came of it. Nothing in it needs torch, or the program
/// that trained; a damaged line of <c>metrics.jsonl</c> is left out and named in <see cref="Notes"/>.
/// </summary>
public sealed class RunRecord
{
    private readonly Dictionary<string, string> _summary;

    private RunRecord(string folder, MetricsReader? metrics, List<string> notes)
    {
        Folder = folder;
        Name = Path.GetFileName(folder);
        Train = metrics?.Train ?? [];
        Eval = metrics?.Eval ?? [];
        notes.AddRange(metrics?.Notes ?? []);
        Settings = FlatJson.Read(Path.Combine(folder, RunFiles.Settings), notes);
        _summary = FlatJson.Read(Path.Combine(folder, RunFiles.Summary), notes)
            .GroupBy(static p => p.Key, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Last().Value, StringComparer.Ordinal);
        NetworkTable = ReadTable(Path.Combine(folder, RunFiles.Network), notes);
        Notes = notes;
    }

    /// <summary>The folder, in full.</summary>
    public string Folder { get; }

    /// <summary>The folder's own name; a report makes it longer where two runs share it.</summary>
    public string Name { get; internal set; }

    /// <summary>Training error in percent over iterations, every reading.</summary>
    public IReadOnlyList<CurvePoint> Training => [.. Train.Select(static r => new CurvePoint(r.Iteration, r.Error))];

    /// <summary>Test error in percent over iterations, every evaluation.</summary>
    public IReadOnlyList<CurvePoint> Test => [.. Eval.Select(static r => new CurvePoint(r.Iteration, r.Error))];

    internal IReadOnlyList<Reading> Train { get; }

    internal IReadOnlyList<Reading> Eval { get; }

    /// <summary>The settings in the run's own order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; }

    /// <summary>The network's summary table; null where the run left none.</summary>
    public string? NetworkTable { get; }

    /// <summary>What was left out of the folder's files, and why.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The network's name.</summary>
    public string Network => Setting("network") ?? _summary.GetValueOrDefault("network") ?? Name;

    /// <summary>The dataset in words; null where the run did not say.</summary>
    public string? Dataset => Setting("dataset") ?? _summary.GetValueOrDefault("dataset");

    /// <summary>True and false where the run has ended, finished or interrupted; null where it goes on or broke off.</summary>
    public bool? Completed => bool.TryParse(_summary.GetValueOrDefault("completed"), out bool completed) ? completed : null;

    /// <summary>Iterations up to the last reading.</summary>
    public long Iterations => Math.Max(Train.Count > 0 ? Train[^1].Iteration : 0, Eval.Count > 0 ? Eval[^1].Iteration : 0);

    internal double TotalIterations => Number("total_iterations");

    internal double Parameters => Number("parameters");

    internal double PeakMemoryBytes => Number("peak_memory_bytes");

    /// <summary>Seconds of training; not a number where nothing was read.</summary>
    public double Elapsed => Train.Concat(Eval).Select(static r => r.Elapsed).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();

    /// <summary>The last evaluation; never the best one, which the test set would have chosen.</summary>
    internal Reading? Result => Eval.Count > 0 ? Eval[^1] : null;

    /// <summary>Readings of the last epoch, whose mean is steadier than the last reading alone.</summary>
    internal IReadOnlyList<Reading> LastEpoch => Train.Count == 0 ? [] : [.. Train.Where(r => !(r.Epoch <= Train[^1].Epoch - 1))];

    /// <summary>Test error of the last evaluation in percent, never of the best one; not a number where there was none.</summary>
    public double TestError => Result?.Error ?? double.NaN;

    /// <summary>Training error of the last epoch in percent: the mean of its readings; not a number where there was none.</summary>
    public double TrainingError => LastEpoch.Select(static r => r.Error).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The training and the test curve, for a chart.</summary>
    /// <param name="name">What stands at their ends; the run's own name where it is left out.</param>
    public IReadOnlyList<Curve> Curves(string? name = null) =>
    [
        new Curve(name ?? Name, CurveKind.Training, Training).Averaged(RunCurves.MostPoints),
        new Curve(name ?? Name, CurveKind.Test, Test),
    ];

    /// <summary>A setting of <c>run.json</c>, or null.</summary>
    /// <param name="name">For example "recipe".</param>
    public string? Setting(string name) => Settings.Where(p => p.Key == name).Select(static p => p.Value).LastOrDefault();

    /// <summary>Reads a run's folder.</summary>
    /// <param name="path">The folder, or one of the files in it.</param>
    /// <exception cref="BadInputException">It is not one.</exception>
    public static RunRecord Read(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full) && Path.GetFileName(full) is RunFiles.Metrics or RunFiles.Settings or RunFiles.Summary)
        {
            full = Path.GetDirectoryName(full)!;
        }

        if (!Directory.Exists(full))
        {
            throw new BadInputException(File.Exists(full)
                ? $"{path} is a file; the folder of a run was expected, with {RunFiles.Metrics} in it."
                : $"There is no folder {path}. Give the folder of a run: the one that was named as its output, with {RunFiles.Metrics} in it.");
        }

        string metrics = Path.Combine(full, RunFiles.Metrics);
        bool measured = File.Exists(metrics);
        if (!measured && !File.Exists(Path.Combine(full, RunFiles.Settings)))
        {
            throw new BadInputException($"{path} is not a run's folder: it has neither {RunFiles.Metrics} nor {RunFiles.Settings}." + Below(full));
        }

        List<string> notes = [];
        if (!measured)
        {
            notes.Add($"{path} has no {RunFiles.Metrics}: there is nothing to draw of this run.");
        }

        return new RunRecord(full, measured ? MetricsReader.Read(metrics) : null, notes);
    }

    private static string Below(string folder)
    {
        try
        {
            string[] runs = [.. Directory.EnumerateDirectories(folder).Where(static d => File.Exists(Path.Combine(d, RunFiles.Metrics)))
                .Select(static d => Path.GetFileName(d)).Order(StringComparer.Ordinal).Take(5)];
            return runs.Length == 0 ? "" : $" There are runs in it: {string.Join(", ", runs)}.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string? ReadTable(string path, List<string> notes)
    {
        const int Largest = 4 << 20;
        try
        {
            FileInfo file = new(path);
            return file.Exists && file.Length <= Largest ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            notes.Add($"{path} is left out: {e.Message}");
            return null;
        }
    }

    private double Number(string name) =>
        double.TryParse(_summary.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}
