using System.Collections.Concurrent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ResNetGen.Training;

/// <summary>
/// Progress on a terminal: a few lines that move (bar, time to go, loss, training and test error, learning rate, speed, memory)
/// below lines that stay. All of it is drawn by a task of its own a few times a second, so that training never waits for the
/// terminal. It fits itself to the terminal's width, and has colours unless NO_COLOR is set.
/// </summary>
public sealed class LiveReporter : ITrainingObserver, IDisposable
{
    private readonly IAnsiConsole _console;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private Task? _drawing;
    private StepProgress _step;
    private readonly LiveView _view;
    private Pace _pace = new(0);
    private TrainingMetrics? _metrics;
    private EvaluationMetrics? _evaluation;

    /// <summary>Draws on <paramref name="console"/>.</summary>
    /// <param name="console">A terminal; for anything else there is <see cref="PlainReporter"/>.</param>
    public LiveReporter(IAnsiConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        _console = console;
        _view = new LiveView(console.Profile);
    }

    /// <inheritdoc/>
    public void OnStarted(RunDescription run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (string line in ReportText.Started(run))
        {
            _console.WriteLine(line);
        }

        _pace = new Pace(run.StartIteration);
        _step = new StepProgress(run.StartIteration, run.TotalIterations, 0);
        _drawing = _console.Live(Picture()).AutoClear(true).StartAsync(DrawAsync);
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
    public void OnEvaluated(EvaluationMetrics evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        _lines.Enqueue(ReportText.Evaluated(evaluation));
        lock (_gate)
        {
            _evaluation = evaluation;
        }
    }

    /// <inheritdoc/>
    public void OnWarning(string message) => _lines.Enqueue("warning: " + message);

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
            context.UpdateTarget(Picture());
            await Task.Delay(200, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IRenderable Picture()
    {
        lock (_gate)
        {
            return _view.Draw(_step, _pace.Remaining(_step.Iteration, _step.TotalIterations), _metrics, _evaluation);
        }
    }
}
