using System.Diagnostics;
using ResNetGen.Data;
using ResNetGen.Evaluation;

namespace ResNetGen.Training;

/// <summary>
/// The loop: steps, readings, evaluations, checkpoints, in this order at each iteration where they are due. It knows
/// neither files nor terminals, and all it remembers is in <see cref="RunProgress"/>.
/// </summary>
internal sealed class TrainingLoop
{
    private readonly RunDescription _run;
    private readonly TrainerOptions _options;
    private readonly RunProgress _progress;
    private readonly LearningRate _learningRate;
    private readonly BatchSource _batches;
    private readonly TrainingStep _step;
    private readonly RunningMetrics _metrics;
    private readonly Func<CancellationToken, (Score Score, Score? Averaged)> _evaluate;
    private readonly Func<double, string> _save;
    private readonly IReadOnlyList<ITrainingObserver> _observers;
    private readonly Stopwatch _session = new();
    private readonly Stopwatch _interval = new();
    private readonly Stopwatch _waiting = new();
    private double _rate;
    private long _imagesBefore;
    private long _stepsBefore;
    private string? _checkpoint;
    private bool _saved;

    /// <param name="run">The run.</param>
    /// <param name="options">Its options.</param>
    /// <param name="progress">Where it starts.</param>
    /// <param name="batches">The training batches.</param>
    /// <param name="step">Makes a step.</param>
    /// <param name="metrics">The sums that steps add to.</param>
    /// <param name="evaluate">Evaluates the network as it is.</param>
    /// <param name="save">Writes a checkpoint, given the seconds of training so far, and says where.</param>
    /// <param name="start">The checkpoint that it goes on from, or null.</param>
    public TrainingLoop(
        RunDescription run,
        TrainerOptions options,
        RunProgress progress,
        BatchSource batches,
        TrainingStep step,
        RunningMetrics metrics,
        Func<CancellationToken, (Score Score, Score? Averaged)> evaluate,
        Func<double, string> save,
        string? start)
    {
        _run = run;
        _options = options;
        _progress = progress;
        _learningRate = new LearningRate(run, progress);
        _batches = batches;
        _step = step;
        _metrics = metrics;
        _evaluate = evaluate;
        _save = save;
        _checkpoint = start;
        _saved = start is not null;
        _observers = options.Observers;
    }

    private long Iteration => _progress.Iteration;

    private double Elapsed => _progress.EarlierSeconds + _session.Elapsed.TotalSeconds;

    private double Epoch => (double)Iteration / _run.IterationsPerEpoch;

    private bool AtEnd => Iteration == _run.TotalIterations;

    /// <summary>Trains to the end, or until it is cancelled.</summary>
    /// <returns>Whether it came to the end, and the newest checkpoint if one was written.</returns>
    /// <exception cref="TrainingDivergedException">The loss or a weight is not finite any more.</exception>
    public (bool Completed, string? Checkpoint, double Elapsed) Run()
    {
        _session.Start();
        RestartClocks();

        // An earlier session may have been stopped in the middle of an evaluation.
        bool going = !EvaluationIsDue || Evaluate();
        while (going && !AtEnd)
        {
            going = Step();
            if (going && MeasurementIsDue)
            {
                Measure();
            }

            if (going && EvaluationIsDue)
            {
                going = Evaluate();
            }

            if (going && (AtEnd || IsDue(_options.CheckpointEvery)))
            {
                Save();
            }
        }

        // Stopped between two checkpoints, or resumed at the very end with an evaluation still to make.
        if (!_saved)
        {
            Save();
        }

        return (going, _checkpoint, Elapsed);
    }

    private bool MeasurementIsDue => AtEnd || IsDue(_run.Recipe.MeasureEvery) || EvaluationIsDue;

    private bool EvaluationIsDue =>
        Iteration > 0 && _progress.LastEvaluation?.Iteration != Iteration && (AtEnd || IsDue(_options.EvaluateEvery));

    /// <summary>Every so many iterations, or at the end of an epoch where nothing is said.</summary>
    private bool IsDue(long? every) => Iteration % (every ?? _run.IterationsPerEpoch) == 0;

    private bool Step()
    {
        if (_options.Cancellation.IsCancellationRequested)
        {
            return false;
        }

        _waiting.Start();
        using Batch batch = _batches.Next(Iteration, CancellationToken.None);
        _waiting.Stop();
        _rate = _learningRate.Next();
        _step.Run(batch, Iteration, _rate, _metrics);
        _progress.Iteration++;
        _saved = false;
        foreach (ITrainingObserver observer in _observers)
        {
            observer.OnStep(new StepProgress(Iteration, _run.TotalIterations, _rate));
        }

        return true;
    }

    private void Measure()
    {
        (double lossSum, long wrong) = _metrics.Read();
        RequireFinite(lossSum, "loss");
        (double seconds, double waiting) = (_interval.Elapsed.TotalSeconds, _waiting.Elapsed.TotalSeconds);
        (double images, double steps) = (_metrics.Images - _imagesBefore, _metrics.Iterations - _stepsBefore);
        TrainingMetrics metrics = new()
        {
            Iteration = Iteration,
            TotalIterations = _run.TotalIterations,
            Epoch = Epoch,
            Loss = lossSum / _metrics.Images,
            Error = (double)wrong / _metrics.Images,
            LearningRate = _rate,
            ImagesPerSecond = images / seconds,
            ComputeImagesPerSecond = images / (seconds - waiting),
            DataSeconds = waiting / steps,
            ComputeSeconds = (seconds - waiting) / steps,
            Memory = MemoryUse.Now(_run.Compute.TorchDevice),
            ElapsedSeconds = Elapsed,
        };
        _metrics.Reset();
        RestartClocks();
        _learningRate.OnMeasured(metrics);

        foreach (ITrainingObserver observer in _observers)
        {
            observer.OnMetrics(metrics);
        }
    }

    private bool Evaluate()
    {
        Score score;
        long began = Stopwatch.GetTimestamp();
        Score? averaged;
        try
        {
            (score, averaged) = _evaluate(_options.Cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        RequireFinite(score.Loss, "test loss");
        EvaluationMetrics evaluation = new()
        {
            Iteration = Iteration,
            Epoch = Epoch,
            Loss = score.Loss,
            Correct = score.Correct,
            CorrectTop5 = score.CorrectTop5,
            Count = score.Count,
            Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
            ElapsedSeconds = Elapsed,
            AveragedLoss = averaged?.Loss,
            AveragedCorrect = averaged?.Correct,
        };
        _progress.LastEvaluation = evaluation;
        _learningRate.OnEvaluated(evaluation);
        _saved = false;
        foreach (ITrainingObserver observer in _observers)
        {
            observer.OnEvaluated(evaluation);
        }

        RestartClocks();
        return true;
    }

    private void Save()
    {
        RequireFinite(_metrics.Read().LossSum, "loss");
        _checkpoint = _save(Elapsed);
        _saved = true;
        foreach (ITrainingObserver observer in _observers)
        {
            observer.OnCheckpoint(Iteration, _checkpoint);
        }

        RestartClocks();
    }

    /// <summary>Evaluations and checkpoints do not count against the speed of training.</summary>
    private void RestartClocks()
    {
        _interval.Restart();
        _waiting.Reset();
        _imagesBefore = _metrics.Images;
        _stepsBefore = _metrics.Iterations;
    }

    private void RequireFinite(double loss, string name)
    {
        if (!double.IsFinite(loss))
        {
            throw Divergence.Of(
                $"the {name} is {(double.IsNaN(loss) ? "not a number" : "infinite")}",
                Iteration - _metrics.Iterations, Iteration, _rate, _checkpoint);
        }
    }
}
