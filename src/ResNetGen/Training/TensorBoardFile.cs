using System.Globalization;
using ResNetGen.Reports;
using ResNetGen.Training.TensorBoard;

namespace ResNetGen.Training;

/// <summary>
/// TensorBoard's event files in the run's folder (<c>tensorboard/</c>): the scalars of <c>metrics.jsonl</c> under the same
/// names, at the same iterations. <c>tensorboard --logdir runs</c> shows all runs below a folder.
/// </summary>
/// <remarks>
/// Each session of a run writes a file of its own, as TensorBoard wants it. One that goes on from a checkpoint says where, and
/// readers then drop what the earlier session wrote after it.
/// </remarks>
public sealed class TensorBoardFile : ITrainingObserver
{
    private readonly string _folder;
    private readonly TimeProvider _time;
    private GrowingFile? _file;

    /// <summary>Writes to files in a run's folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="time">The clock, for tests.</param>
    public TensorBoardFile(string folder, TimeProvider? time = null)
    {
        _folder = Path.Combine(folder, RunFiles.TensorBoard);
        _time = time ?? TimeProvider.System;
    }

    private double Now => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <inheritdoc/>
    public void OnStarted(RunDescription run)
    {
        ArgumentNullException.ThrowIfNull(run);
        Directory.CreateDirectory(_folder);

        // TensorBoard reads the files in the order of their names.
        int session = 0;
        string path;
        do
        {
            path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture,
                $"events.out.tfevents.{(long)Now:D10}.{session++:D3}.{Environment.MachineName}.{Environment.ProcessId}"));
        }
        while (File.Exists(path));

        _file = new GrowingFile(path);
        Append(EventMessage.FileVersion(Now));
        if (run.StartIteration > 0)
        {
            Append(EventMessage.SessionStart(Now, run.StartIteration + 1));
        }
    }

    /// <inheritdoc/>
    public void OnMetrics(TrainingMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        Append(EventMessage.Scalars(Now, metrics.Iteration, MetricValues.Of(metrics)));
    }

    /// <inheritdoc/>
    public void OnEvaluated(EvaluationMetrics evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        Append(EventMessage.Scalars(Now, evaluation.Iteration, MetricValues.Of(evaluation)));
    }

    /// <summary>What a full disk kept from the file has one more chance.</summary>
    /// <param name="result">The result.</param>
    public void OnFinished(TrainingResult result) => _file?.Finish();

    /// <summary>The same at the end of a run that failed.</summary>
    /// <param name="error">The error.</param>
    public void OnFailed(Exception error) => _file?.Finish();

    private void Append(byte[] message) =>
        (_file ?? throw new InvalidOperationException("The run has not started.")).Append(EventRecord.Of(message));
}
