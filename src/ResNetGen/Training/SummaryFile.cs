using System.Text.Json;
using ResNetGen.Weights;

namespace ResNetGen.Training;

/// <summary><c>summary.json</c>: the run in one object, written when it ends, finished or interrupted.</summary>
public sealed class SummaryFile : ITrainingObserver
{
    private readonly string _path;
    private RunDescription? _run;

    /// <summary>Writes to a file in a run's folder.</summary>
    /// <param name="folder">The run's folder.</param>
    public SummaryFile(string folder) => _path = Path.Combine(folder, "summary.json");

    /// <inheritdoc/>
    public void OnStarted(RunDescription run) => _run = run;

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
            writer.WriteBoolean("completed", result.Completed);
            writer.WriteNumber("iteration", result.Iteration);
            writer.WriteNumber("total_iterations", result.TotalIterations);
            writer.WriteNumber("epoch", (double)result.Iteration / run.IterationsPerEpoch);
            if (result.LastEvaluation is { } evaluation)
            {
                writer.WriteNumber("eval_iteration", evaluation.Iteration);
                writer.WriteNumber("eval_loss", evaluation.Loss);
                writer.WriteNumber("eval_top1", 100 * evaluation.Accuracy);
                writer.WriteNumber("eval_error", 100 * evaluation.Error);
                if (evaluation.Top5Accuracy is { } top5) writer.WriteNumber("eval_top5", 100 * top5);
            }

            writer.WriteNumber("elapsed", Math.Round(result.ElapsedSeconds, 3));
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
}
