using System.Text.Json;

namespace ResNetGen.Training;

/// <summary>
/// <c>metrics.jsonl</c>: one JSON object a line, <c>"kind": "train"</c> or <c>"eval"</c>. Each line is flushed as it is
/// written, so that a plot can follow a running training.
/// </summary>
/// <remarks>
/// Errors and accuracies are in percent, as the papers and timm state them (<c>train_error</c>, <c>eval_top1</c>); times
/// in seconds. Everything except <c>images_per_second</c>, <c>data_time</c> and <c>elapsed</c> is a function of the
/// settings alone.
/// </remarks>
public sealed class MetricsFile : ITrainingObserver
{
    private readonly string _path;

    /// <summary>Writes to a file in a run's folder.</summary>
    /// <param name="folder">The run's folder.</param>
    public MetricsFile(string folder) => _path = Path.Combine(folder, "metrics.jsonl");

    /// <summary>A fresh run starts an empty file; a resumed one drops what a killed session wrote after its last checkpoint.</summary>
    /// <param name="run">The run.</param>
    public void OnStarted(RunDescription run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string[] kept = run.StartIteration > 0 && File.Exists(_path)
            ? [.. File.ReadLines(_path).Where(line => IterationOf(line) is long i && i <= run.StartIteration)]
            : [];
        File.WriteAllLines(_path, kept);
    }

    /// <inheritdoc/>
    public void OnMetrics(TrainingMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        Append(writer =>
        {
            writer.WriteString("kind", "train");
            writer.WriteNumber("iteration", metrics.Iteration);
            writer.WriteNumber("epoch", metrics.Epoch);
            writer.WriteNumber("train_loss", metrics.Loss);
            writer.WriteNumber("train_error", 100 * metrics.Error);
            writer.WriteNumber("lr", metrics.LearningRate);
            writer.WriteNumber("images_per_second", Math.Round(metrics.ImagesPerSecond, 1));
            writer.WriteNumber("data_time", Math.Round(metrics.DataSeconds, 4));
            writer.WriteNumber("elapsed", Math.Round(metrics.ElapsedSeconds, 3));
        });
    }

    /// <inheritdoc/>
    public void OnEvaluated(EvaluationMetrics evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        Append(writer =>
        {
            writer.WriteString("kind", "eval");
            writer.WriteNumber("iteration", evaluation.Iteration);
            writer.WriteNumber("epoch", evaluation.Epoch);
            writer.WriteNumber("eval_loss", evaluation.Loss);
            writer.WriteNumber("eval_top1", 100 * evaluation.Accuracy);
            writer.WriteNumber("eval_error", 100 * evaluation.Error);
            writer.WriteNumber("elapsed", Math.Round(evaluation.ElapsedSeconds, 3));
        });
    }

    private void Append(Action<Utf8JsonWriter> fields)
    {
        using FileStream stream = new(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>The line's iteration; null where a crash left only a part of the line.</summary>
    private static long? IterationOf(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("iteration").GetInt64();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
