namespace ResNetGen.Training;

/// <summary>How far a run is.</summary>
/// <param name="Iteration">Iterations done.</param>
/// <param name="TotalIterations">Iterations of the whole run.</param>
/// <param name="LearningRate">The rate of the last step.</param>
public readonly record struct StepProgress(long Iteration, long TotalIterations, double LearningRate);
