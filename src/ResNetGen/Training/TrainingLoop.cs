using System.Diagnostics;
using ResNetGen.Data;
using ResNetGen.Distributed;
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
    private readonly Ranks _ranks;
    private readonly RunBatches _batches;
    private readonly IStepRunner _step;
    private readonly RunningMetrics _metrics;
    private readonly Func<CancellationToken, (Score Score, Score? Averaged)> _evaluate;
    private readonly CheckpointWriter _checkpoints;
    private readonly ITrainingObserver _observers;
    private readonly RunClock _clock;
    private double _rate;

    /// <param name="run">The run.</param>
    /// <param name="options">Its options.</param>
    /// <param name="state">Where it starts, and what its steps change.</param>
    /// <param name="ranks">Who trains with it.</param>
    /// <param name="batches">The training batches, or this one's part of each.</param>
    /// <param name="step">Makes the steps.</param>
    /// <param name="evaluate">Evaluates the network as it is.</param>
    /// <param name="checkpoints">Writes checkpoints.</param>
    /// <param name="observers">Who is told.</param>
    public TrainingLoop(
        RunDescription run,
        TrainerOptions options,
        RunState state,
        Ranks ranks,
        BatchSource batches,
        IStepRunner step,
        Func<CancellationToken, (Score Score, Score? Averaged)> evaluate,
        CheckpointWriter checkpoints,
        ITrainingObserver observers)
    {
        _run = run;
        _options = options;
        _progress = state.Progress;
        _learningRate = new LearningRate(run, _progress);
        _ranks = ranks;
        _step = step;
        _metrics = state.Metrics;
        _clock = new RunClock(_progress.EarlierSeconds, _metrics);
        _evaluate = evaluate;
        _checkpoints = checkpoints;
        _observers = observers;
        _batches = new RunBatches(ranks, batches, _clock, options.Cancellation, () =>
        {
            Settle();
            _checkpoints.SaveOrFail(_progress, _clock.Elapsed);
            return _checkpoints.Last;
        });
    }

    private long Iteration => _progress.Iteration;

    private double Epoch => (double)Iteration / _run.IterationsPerEpoch;

    private bool AtEnd => Iteration == _run.TotalIterations;

    /// <summary>Trains to the end, or until it is cancelled.</summary>
    /// <returns>Whether it came to the end, and the newest checkpoint if one was written.</returns>
    /// <exception cref="TrainingDivergedException">The loss, a gradient or a weight is not finite.</exception>
    /// <exception cref="BadInputException">The pictures cannot be read any more, or the last checkpoint cannot be written.</exception>
    public (bool Completed, string? Checkpoint, double Elapsed) Run()
    {
        // An earlier session may have been stopped in the middle of an evaluation: its checkpoint knows no test error.
        bool going = true;
        if (EvaluationIsDue)
        {
            going = Evaluate();
            CheckpointWhereDue(going);
        }

        while (going && !AtEnd)
        {
            going = Step();
            if (!going || MeasurementIsDue || EvaluationIsDue || CheckpointIsDue)
            {
                Settle();
            }

            if (going && MeasurementIsDue)
            {
                Measure();
            }

            if (going && EvaluationIsDue)
            {
                going = Evaluate();
            }

            CheckpointWhereDue(going);
        }

        // At the end, stopped between two checkpoints, or resumed at the very end with an evaluation still to make.
        _checkpoints.SaveOrFail(_progress, _clock.Elapsed);
        return (going, _checkpoints.Last, _clock.Elapsed);
    }

    private bool MeasurementIsDue => AtEnd || IsDue(_run.Recipe.MeasureEvery) || EvaluationIsDue;

    private bool EvaluationIsDue =>
        Iteration > 0 && _progress.LastEvaluation?.Iteration != Iteration && (AtEnd || IsDue(_options.EvaluateEvery));

    private bool CheckpointIsDue => IsDue(_options.CheckpointEvery)
        || (_options.Keep.Every is { } kept && IsDue(kept))
        || (_options.Keep.Best > 0 && IsDue(_options.EvaluateEvery));

    /// <summary>Every so many iterations, or at the end of an epoch where nothing is said.</summary>
    private bool IsDue(long? every) => Iteration % (every ?? _run.IterationsPerEpoch) == 0;

    private void CheckpointWhereDue(bool going)
    {
        if (going && !AtEnd && CheckpointIsDue)
        {
            _checkpoints.SaveIfPossible(_progress, _clock.Elapsed);
            _clock.Restart();
        }
    }

    private bool Step()
    {
        using Batch? batch = _batches.Next(Iteration);
        if (batch is null)
        {
            return false;
        }

        _rate = _learningRate.Next();
        RunGenerators.Begin(_options.Seed, Iteration, _ranks.Rank);
        try
        {
            _step.Run(batch.Images, batch.Labels, Iteration, _rate, _metrics);
        }
        catch (NotFiniteException e)
        {
            throw Diverged(e);
        }

        _progress.Iteration++;
        _checkpoints.IsCurrent = false;
        _observers.OnStep(new StepProgress(Iteration, _run.TotalIterations, _rate));
        return true;
    }

    /// <summary>Nothing of a step is shown or saved that was not finite.</summary>
    private void Settle()
    {
        try
        {
            _step.Settle(_metrics);
        }
        catch (NotFiniteException e)
        {
            throw Diverged(e);
        }
    }

    private TrainingDivergedException Diverged(NotFiniteException found) =>
        _ranks.Known(Divergence.Of(found, (found.Iteration ?? Iteration) + 1, found.Rate ?? _rate, _checkpoints.Last));

    private void Measure()
    {
        MetricSums sums = _metrics.Read();
        RunClock.Speed speed = _clock.Read();
        TrainingMetrics metrics = new()
        {
            Iteration = Iteration,
            TotalIterations = _run.TotalIterations,
            Epoch = Epoch,
            Loss = sums.LossSum / _metrics.Images,
            Error = (double)sums.Wrong / _metrics.Images,
            LearningRate = _rate,
            ImagesPerSecond = speed.ImagesPerSecond,
            ComputeImagesPerSecond = speed.ComputeImagesPerSecond,
            DataSeconds = speed.DataSeconds,
            ComputeSeconds = speed.ComputeSeconds,
            Memory = MemoryUse.Now(_run.Compute.TorchDevice),
            ElapsedSeconds = _clock.Elapsed,
        };
        _metrics.Reset();
        _clock.Restart();
        _learningRate.OnMeasured(metrics);

        _observers.OnMetrics(metrics);
    }

    private bool Evaluate()
    {
        Score score;
        long began = Stopwatch.GetTimestamp();
        Score? averaged;
        try
        {
            (score, averaged) = _batches.Reading(Iteration, () => _evaluate(_options.Cancellation));
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        if (!double.IsFinite(score.Loss))
        {
            throw _ranks.Known(Divergence.OfEvaluation(score.Loss, Iteration, _checkpoints.Last));
        }

        EvaluationMetrics evaluation = new()
        {
            Iteration = Iteration,
            Epoch = Epoch,
            Loss = score.Loss,
            Correct = score.Correct,
            CorrectTop5 = score.CorrectTop5,
            Count = score.Count,
            Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
            ElapsedSeconds = _clock.Elapsed,
            AveragedLoss = averaged?.Loss,
            AveragedCorrect = averaged?.Correct,
        };
        _progress.LastEvaluation = evaluation;
        _learningRate.OnEvaluated(evaluation);
        _checkpoints.IsCurrent = false;
        _observers.OnEvaluated(evaluation);
        _clock.Restart();
        return true;
    }
}
