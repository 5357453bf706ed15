namespace ResNetGen.Training;

/// <summary>Progress as plain lines, for files and pipes: every evaluation, and metrics now and then.</summary>
public sealed class PlainReporter : ITrainingObserver
{
    private readonly TextWriter _output;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private long _lastLine;
    private Pace _pace = new(0);

    /// <summary>Writes to <paramref name="output"/>.</summary>
    /// <param name="output">Where the lines go.</param>
    /// <param name="interval">The least time between two lines of metrics; 10 seconds where it is left out.</param>
    /// <param name="time">The clock, for tests.</param>
    public PlainReporter(TextWriter output, TimeSpan? interval = null, TimeProvider? time = null)
    {
        _output = output;
        _interval = interval ?? TimeSpan.FromSeconds(10);
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public void OnStarted(RunDescription run)
    {
        foreach (string line in ReportText.Started(run))
        {
            _output.WriteLine(line);
        }

        _output.Flush();
        _lastLine = _time.GetTimestamp();
        _pace = new Pace(run.StartIteration, _time);
    }

    /// <inheritdoc/>
    public void OnMetrics(TrainingMetrics metrics)
    {
        if (_time.GetElapsedTime(_lastLine) >= _interval)
        {
            WriteLine(ReportText.Metrics(metrics, _pace.Remaining(metrics.Iteration, metrics.TotalIterations)));
        }
    }

    /// <inheritdoc/>
    public void OnEvaluated(EvaluationMetrics evaluation) => WriteLine(ReportText.Evaluated(evaluation));

    /// <inheritdoc/>
    public void OnWarning(string message) => WriteLine("warning: " + message);

    private void WriteLine(string line)
    {
        _output.WriteLine(line);
        _output.Flush();
        _lastLine = _time.GetTimestamp();
    }
}
