namespace ResNetGen.Training;

/// <summary>
/// All observers of a run as one. An observer that cannot write (its disk is full, its folder has gone) does not end a training:
/// the others are told once, and again when it works.
/// </summary>
internal sealed class ObserverGroup(IReadOnlyList<ITrainingObserver> observers) : ITrainingObserver
{
    /// <summary>Observers that fail, each with the event that it failed at first: only that one can show that it works again.</summary>
    private readonly Dictionary<ITrainingObserver, string> _failing = [];

    /// <summary>At the start a failure is an error: nothing has been computed yet.</summary>
    public void OnStarted(RunDescription run)
    {
        foreach (ITrainingObserver observer in observers)
        {
            observer.OnStarted(run);
        }
    }

    public void OnStep(StepProgress step) => Tell(nameof(OnStep), observer => observer.OnStep(step));

    public void OnMetrics(TrainingMetrics metrics) => Tell(nameof(OnMetrics), observer => observer.OnMetrics(metrics));

    public void OnEvaluated(EvaluationMetrics evaluation) => Tell(nameof(OnEvaluated), observer => observer.OnEvaluated(evaluation));

    public void OnCheckpoint(long iteration, string path) => Tell(nameof(OnCheckpoint), observer => observer.OnCheckpoint(iteration, path));

    /// <summary>The last chance: whatever fails now is said, also where the observer has failed before.</summary>
    public void OnFinished(TrainingResult result) => TellLast(observer => observer.OnFinished(result));

    /// <summary>The last chance here as well; the error that ended the run is the one to be seen.</summary>
    public void OnFailed(Exception error) => TellLast(observer => observer.OnFailed(error));

    private void TellLast(Action<ITrainingObserver> what)
    {
        foreach (ITrainingObserver observer in observers)
        {
            try
            {
                what(observer);
            }
            catch (Exception e) when (IsOutside(e))
            {
                OnWarning($"{observer.GetType().Name} fails at the end of the run: {e.Message}");
            }
        }
    }

    public void OnWarning(string message)
    {
        foreach (ITrainingObserver observer in observers)
        {
            try
            {
                observer.OnWarning(message);
            }
            catch (Exception e) when (IsOutside(e))
            {
                // Whoever cannot be warned has failed before, and that was said.
            }
        }
    }

    private void Tell(string name, Action<ITrainingObserver> what)
    {
        foreach (ITrainingObserver observer in observers)
        {
            try
            {
                what(observer);
                if (_failing.Count > 0 && _failing.TryGetValue(observer, out string? failed) && failed == name)
                {
                    _failing.Remove(observer);
                    OnWarning($"{observer.GetType().Name} works again.");
                }
            }
            catch (Exception e) when (IsOutside(e))
            {
                if (_failing.TryAdd(observer, name))
                {
                    OnWarning($"{observer.GetType().Name} fails: {e.Message} Training goes on without it until it works again.");
                }
            }
        }
    }

    /// <summary>Failures of disks and folders. Anything else is a mistake in a program and must show itself.</summary>
    private static bool IsOutside(Exception e) => e is IOException or UnauthorizedAccessException or BadInputException;
}
