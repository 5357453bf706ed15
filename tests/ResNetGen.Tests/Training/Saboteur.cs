using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

/// <summary>Does something to a run from outside, right after given iterations, and keeps what the run says of it.</summary>
internal sealed class Saboteur(params (long Iteration, Action Deed)[] deeds) : ITrainingObserver
{
    public List<string> Warnings { get; } = [];

    public void OnStep(StepProgress step)
    {
        foreach ((_, Action deed) in deeds.Where(deed => deed.Iteration == step.Iteration))
        {
            deed();
        }
    }

    public void OnWarning(string message) => Warnings.Add(message);
}
