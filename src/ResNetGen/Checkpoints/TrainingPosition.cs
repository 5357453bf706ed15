namespace ResNetGen.Checkpoints;

/// <summary>How far a run has come: everything named here is done.</summary>
/// <param name="Iteration">Optimizer steps done since the start of the run.</param>
/// <param name="Epoch">The epoch that the next step belongs to, from 0.</param>
/// <param name="IterationInEpoch">Steps of that epoch already done.</param>
/// <param name="ImagesSeen">Training pictures seen since the start of the run.</param>
public readonly record struct TrainingPosition(long Iteration, int Epoch, int IterationInEpoch, long ImagesSeen);
