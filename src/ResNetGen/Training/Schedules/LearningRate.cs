namespace ResNetGen.Training;

/// <summary>
/// The learning rate of a run as it goes: the recipe's warm-up and schedule, told of readings and evaluations. All that it
/// remembers is in <see cref="RunProgress"/>.
/// </summary>
internal sealed class LearningRate(RunDescription run, RunProgress progress)
{
    /// <summary>The rate of the next step.</summary>
    public double Next()
    {
        RunPoint point = new(progress.Iteration, run.TotalIterations, run.IterationsPerEpoch, progress.Plateau.Drops);
        if (progress.WarmingUp && run.Recipe.WarmUp!.IsOver(point))
        {
            progress.WarmingUp = false;
        }

        return progress.WarmingUp
            ? run.Recipe.WarmUp!.RateAt(point, run.Recipe.Schedule.BaseRate)
            : run.Recipe.Schedule.RateAt(point);
    }

    /// <summary>The training error was read.</summary>
    public void OnMeasured(TrainingMetrics metrics)
    {
        if (progress.WarmingUp && run.Recipe.WarmUp!.EndsAt(metrics.Error))
        {
            progress.WarmingUp = false;
        }
    }

    /// <summary>The network was evaluated.</summary>
    public void OnEvaluated(EvaluationMetrics evaluation)
    {
        if (run.Recipe.Schedule is Plateau plateau)
        {
            progress.Plateau = plateau.After(progress.Plateau, evaluation.Error);
        }
    }
}
