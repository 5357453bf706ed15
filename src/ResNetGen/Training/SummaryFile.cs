using System.Text.Json;
using ResNetGen.Reports;
using ResNetGen.Weights;

namespace ResNetGen.Training;

/// <summary>
/// <c>summary.json</c>: the run in one object, written when it ends, finished or interrupted. The last reading and the last
/// evaluation stand in it under the names of <c>metrics.jsonl</c> (<see cref="MetricNames"/>).
/// </summary>
public sealed class SummaryFile : ITrainingObserver
{
    private const string Completed = "completed";

    private readonly string _path;
    private RunDescription? _run;
    private TrainingMetrics? _metrics;

    /// <summary>Writes to a file in a run's folder.</summary>
    /// <param name="folder">The run's folder.</param>
    public SummaryFile(string folder) => _path = Path.Combine(folder, RunFiles.Summary);

    /// <summary>Whether a folder holds the summary of a run that came to its end.</summary>
    internal static bool IsComplete(string folder)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, RunFiles.Summary)));
            return document.RootElement.GetProperty(Completed).GetBoolean();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Missing, or damaged: it is written again.
            return false;
        }
    }

    /// <inheritdoc/>
    public void OnStarted(RunDescription run) => _run = run;

    /// <inheritdoc/>
    public void OnMetrics(TrainingMetrics metrics) => _metrics = metrics;

    /// <inheritdoc/>
    public void OnFinished(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        RunDescription run = _run ?? throw new InvalidOperationException("The run has not started.");
        AtomicFile.WriteText(_path, JsonText.Indented(writer =>
        {
            writer.WriteString("network", run.Network.Name);
            writer.WriteNumber("parameters", run.Network.ParameterCount);
            writer.WriteNumber("multiply_adds", run.Network.MultiplyAdds);
            writer.WriteString("dataset", run.DatasetDescription);
            writer.WriteBoolean(Completed, result.Completed);
            writer.WriteNumber(MetricNames.Iteration, result.Iteration);
            writer.WriteNumber("total_iterations", result.TotalIterations);
            writer.WriteNumber(MetricNames.Epoch, (double)result.Iteration / run.IterationsPerEpoch);
            if (_metrics is { } metrics)
            {
                Write(writer, MetricValues.Of(metrics));
            }

            if (result.LastEvaluation is { } evaluation)
            {
                writer.WriteNumber("val.iteration", evaluation.Iteration);
                Write(writer, MetricValues.Of(evaluation));
            }

            writer.WriteNumber(MetricNames.Elapsed, Math.Round(result.ElapsedSeconds, 3));
            writer.WriteNumber("peak_memory_bytes", result.PeakMemoryBytes);
            if (result.Checkpoint is { } checkpoint)
            {
                writer.WriteString("checkpoint", Path.GetRelativePath(run.Output, checkpoint));
            }

            writer.WriteStartObject("settings");
            foreach ((string name, string value) in run.Settings)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }));
    }

    private static void Write(Utf8JsonWriter writer, IEnumerable<(string Name, double Value)> values)
    {
        foreach ((string name, double value) in values)
        {
            writer.WriteNumber(name, value);
        }
    }
}
