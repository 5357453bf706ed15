using System.Text.Json;
using ResNetGen.Weights;

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
        AtomicFile.WriteText(_path, string.Concat(kept.Select(static line => line + "\n")));
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
            if (evaluation.Top5Accuracy is { } top5) writer.WriteNumber("eval_top5", 100 * top5);
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

    /// <summary>Whether the run's checkpoint knows of the line; not so where a crash left only a part of it.</summary>
    private static bool IsKnown(string line, RunDescription run)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            long last = document.RootElement.GetProperty("kind").ValueEquals("eval") ? run.EvaluatedIteration ?? 0 : run.StartIteration;
            return document.RootElement.GetProperty("iteration").GetInt64() <= last;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
