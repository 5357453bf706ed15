using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

/// <summary>Keeps all that an observer is told, and can pull the plug after an iteration.</summary>
internal sealed class Recorder : ITrainingObserver
{
    private readonly CancellationTokenSource _stop = new();

    public RunDescription? Run { get; private set; }

    public List<StepProgress> Steps { get; } = [];

    public List<TrainingMetrics> Metrics { get; } = [];

    public List<EvaluationMetrics> Evaluations { get; } = [];

    public List<(long Iteration, string Path)> Checkpoints { get; } = [];

    public TrainingResult? Result { get; private set; }

    /// <summary>Cancels after this iteration's step.</summary>
    public long? StopAt { get; init; }

    /// <summary>Cancels at this iteration's reading, so that the evaluation after it is given up.</summary>
    public long? StopInEvaluationAt { get; init; }

    public CancellationToken Token => _stop.Token;

    public void OnStarted(RunDescription run) => Run = run;

    public void OnStep(StepProgress step)
    {
        Steps.Add(step);
        if (step.Iteration == StopAt)
        {
            _stop.Cancel();
        }
    }

    public void OnMetrics(TrainingMetrics metrics)
    {
        Metrics.Add(metrics);
        if (metrics.Iteration == StopInEvaluationAt)
        {
            _stop.Cancel();
        }
    }

    public void OnEvaluated(EvaluationMetrics evaluation) => Evaluations.Add(evaluation);

    public void OnCheckpoint(long iteration, string path) => Checkpoints.Add((iteration, path));

    public void OnFinished(TrainingResult result) => Result = result;
}
