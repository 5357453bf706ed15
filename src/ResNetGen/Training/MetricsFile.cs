using System.Text;
using System.Text.Json;
using ResNetGen.Reports;

namespace ResNetGen.Training;

/// <summary>
/// <c>metrics.jsonl</c>: one JSON object a line, <c>"kind": "train"</c> or <c>"eval"</c>. Each line is on the disk when it is
/// written, so that a plot can follow a running training.
/// </summary>
/// <remarks>
/// The names are those of <see cref="MetricNames"/>. Errors and accuracies are in percent, as the papers state them, times in
/// seconds, memory in bytes. Everything except speeds, times and memory (<see cref="MetricNames.IsMeasured"/>) is a function
/// of the settings alone.
/// </remarks>
public sealed class MetricsFile : ITrainingObserver
{
    private readonly string _path;
    private readonly GrowingFile _file;

    /// <summary>Writes to a file in a run's folder.</summary>
    /// <param name="folder">The run's folder.</param>
    public MetricsFile(string folder)
    {
        _path = Path.Combine(folder, RunFiles.Metrics);
        _file = new GrowingFile(_path);
    }

    /// <summary>
    /// A fresh run starts an empty file; a resumed one drops what its checkpoint knows nothing of, since it will be written
    /// again: readings of later iterations, and evaluations after the checkpoint's last one. The file changes as a whole.
    /// </summary>
    /// <param name="run">The run.</param>
    public void OnStarted(RunDescription run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string[] kept = run.StartIteration > 0 && File.Exists(_path)
            ? [.. File.ReadLines(_path).Where(line => IsKnown(line, run))]
            : [];
        _file.Start(kept.Select(static line => Encoding.UTF8.GetBytes(line + "\n")));
    }

    /// <inheritdoc/>
    public void OnMetrics(TrainingMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        Append(MetricNames.Train, metrics.Iteration, metrics.Epoch, MetricValues.Of(metrics), metrics.ElapsedSeconds);
    }

    /// <inheritdoc/>
    public void OnEvaluated(EvaluationMetrics evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        Append(MetricNames.Eval, evaluation.Iteration, evaluation.Epoch, MetricValues.Of(evaluation), evaluation.ElapsedSeconds);
    }

    private void Append(string kind, long iteration, double epoch, IEnumerable<(string Name, double Value)> values, double elapsed)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter writer = new(line))
        {
            writer.WriteStartObject();
            writer.WriteString(MetricNames.Kind, kind);
            writer.WriteNumber(MetricNames.Iteration, iteration);
            writer.WriteNumber(MetricNames.Epoch, epoch);
            foreach ((string name, double value) in values)
            {
                writer.WriteNumber(name, value);
            }

            writer.WriteNumber(MetricNames.Elapsed, Math.Round(elapsed, 3));
            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        _file.Append(line.ToArray());
    }

    /// <summary>What a full disk kept from the file has one more chance.</summary>
    /// <param name="result">The result.</param>
    public void OnFinished(TrainingResult result) => _file.Finish();

    /// <summary>The same at the end of a run that failed.</summary>
    /// <param name="error">The error.</param>
    public void OnFailed(Exception error) => _file.Finish();

    /// <summary>Whether the run's checkpoint knows of the line; not so where a crash left only a part of it.</summary>
    private static bool IsKnown(string line, RunDescription run)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            long last = document.RootElement.GetProperty(MetricNames.Kind).ValueEquals(MetricNames.Eval)
                ? run.EvaluatedIteration ?? 0
                : run.StartIteration;
            return document.RootElement.GetProperty(MetricNames.Iteration).GetInt64() <= last;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
