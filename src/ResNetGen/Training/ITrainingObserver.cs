namespace ResNetGen.Training;

/// <summary>
/// Someone who is told how a run goes: a reporter on the terminal, a file of metrics. The training loop knows
/// observers only through this, and calls them from one thread, in the order of the events.
/// </summary>
public interface ITrainingObserver
{
    /// <summary>The run is about to take its first step.</summary>
    /// <param name="run">What will be trained, on what, how.</param>
    void OnStarted(RunDescription run)
    {
    }

    /// <summary>A step was made. Called for each one, so it must return at once; nothing was read from the device.</summary>
    /// <param name="step">How far the run is.</param>
    void OnStep(StepProgress step)
    {
    }

    /// <summary>The loss and the training error were read from the device.</summary>
    /// <param name="metrics">Averages since the last time.</param>
    void OnMetrics(TrainingMetrics metrics)
    {
    }

    /// <summary>The network was evaluated on the test set.</summary>
    /// <param name="evaluation">The result.</param>
    void OnEvaluated(EvaluationMetrics evaluation)
    {
    }

    /// <summary>A checkpoint is safely on disk.</summary>
    /// <param name="iteration">Iterations done when it was taken.</param>
    /// <param name="path">Where it is.</param>
    void OnCheckpoint(long iteration, string path)
    {
    }

    /// <summary>Something went wrong that the run survives: a disk is full, a folder has vanished. Never on the way of the result.</summary>
    /// <param name="message">What happened, what is done about it, and what the user can do.</param>
    void OnWarning(string message)
    {
    }

    /// <summary>The run ends with an error, which is thrown afterwards; <see cref="OnFinished"/> will not be called.</summary>
    /// <param name="error">The error.</param>
    void OnFailed(Exception error)
    {
    }

    /// <summary>The run is over: finished or interrupted.</summary>
    /// <param name="result">What came of it.</param>
    void OnFinished(TrainingResult result)
    {
    }
}
