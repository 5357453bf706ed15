namespace ResNetGen.Training;

/// <summary>The loss or a weight is no longer a finite number. No checkpoint was written since.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Where it happened, and what to do.</param>
    public TrainingDivergedException(string message) : base(message)
    {
    }
}
