namespace ResNetGen.Training;

/// <summary>Where in a run a step is: all that a learning rate may depend on.</summary>
/// <param name="Iteration">Iterations already done, from 0.</param>
/// <param name="TotalIterations">Iterations of the whole run.</param>
/// <param name="IterationsPerEpoch">Iterations of one pass over the training set.</param>
/// <param name="Drops">How often the rate has been lowered because the error stood still; 0 but for <see cref="Plateau"/>.</param>
public readonly record struct RunPoint(long Iteration, long TotalIterations, long IterationsPerEpoch, int Drops = 0)
{
    /// <summary>The epoch, from 0.</summary>
    public long Epoch => Iteration / IterationsPerEpoch;

    /// <summary>Epochs of the whole run, a last incomplete one counted.</summary>
    public long TotalEpochs => (TotalIterations + IterationsPerEpoch - 1) / IterationsPerEpoch;
}
