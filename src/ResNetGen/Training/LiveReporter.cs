using System.Collections.Concurrent;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ResNetGen.Training;

/// <summary>
/// Progress on a terminal: one line that moves (bar, loss, error, speed, time to go) below lines that stay. All of it is
/// drawn by a task of its own a few times a second, so that training never waits for the terminal.
/// </summary>
public sealed class LiveReporter : ITrainingObserver, IDisposable
{
    private readonly IAnsiConsole _console;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private Task? _drawing;
    private StepProgress _step;
    private long _firstIteration;
    private long _startedAt;
    private TrainingMetrics? _metrics;

    /// <summary>Draws on <paramref name="console"/>.</summary>
    /// <param name="console">A terminal; for anything else there is <see cref="PlainReporter"/>.</param>
    public LiveReporter(IAnsiConsole console) => _console = console;

    /// <inheritdoc/>
    public void OnStarted(RunDescription run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (string line in ReportText.Started(run))
        {
            _console.WriteLine(line);
        }

        _firstIteration = run.StartIteration;
        _startedAt = TimeProvider.System.GetTimestamp();
        _step = new StepProgress(run.StartIteration, run.TotalIterations, 0);
        _drawing = _console.Live(Line()).AutoClear(true).StartAsync(DrawAsync);
    }

    /// <inheritdoc/>
    public void OnStep(StepProgress step)
    {
        lock (_gate)
        {
            _step = step;
        }
    }

    /// <inheritdoc/>
    public void OnMetrics(TrainingMetrics metrics)
    {
        lock (_gate)
        {
            _metrics = metrics;
        }
    }

    /// <inheritdoc/>
    public void OnEvaluated(EvaluationMetrics evaluation) => _lines.Enqueue(ReportText.Evaluated(evaluation));

    /// <inheritdoc/>
    public void OnFinished(TrainingResult result) => Stop();

    /// <summary>Takes the moving line away, also where the run ended in an error.</summary>
    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private void Stop()
    {
        if (_drawing is { } drawing)
        {
            _drawing = null;
            _stop.Cancel();
            drawing.GetAwaiter().GetResult();
            WriteLines();
        }
    }

    private void WriteLines()
    {
        while (_lines.TryDequeue(out string? line))
        {
            _console.WriteLine(line);
        }
    }

    private async Task DrawAsync(LiveDisplayContext context)
    {
        while (!_stop.IsCancellationRequested)
        {
            // Only this task writes while the display is live: Spectre's locks are taken in another order from outside.
            WriteLines();
            context.UpdateTarget(Line());
            await Task.Delay(200, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Two lines, always: after a display of one line Spectre asks the terminal to go up by zero, which terminals take for one.
    private Rows Line()
    {
        lock (_gate)
        {
            const int Width = 40;
            double part = (double)_step.Iteration / Math.Max(1, _step.TotalIterations);
            int filled = (int)(Width * part);
            string bar = new string('━', filled) + new string('─', Width - filled);
            string upper = string.Create(CultureInfo.InvariantCulture, $"{bar} {100 * part,3:F0} %");
            long done = _step.Iteration - _firstIteration;
            if (done > 0 && _step.TotalIterations > _step.Iteration)
            {
                double elapsed = TimeProvider.System.GetElapsedTime(_startedAt).TotalSeconds;
                upper += "  " + ReportText.Duration(elapsed / done * (_step.TotalIterations - _step.Iteration)) + " to go";
            }

            string lower = _metrics is { } metrics
                ? string.Create(CultureInfo.InvariantCulture,
                    $"loss {metrics.Loss:F3}  train error {100 * metrics.Error:F1} %  lr {_step.LearningRate:G3}  {metrics.ImagesPerSecond:N0} images/s")
                : "the first figures are on their way";
            return new Rows(new Text(upper), new Text(lower));
        }
    }
}
