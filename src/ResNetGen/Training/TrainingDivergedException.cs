namespace ResNetGen.Training;

/// <summary>
/// The loss, a gradient or a weight is not a finite number. The update was not made, and no checkpoint was written since; what was
/// in memory is of no further use, since BatchNorm's running statistics have taken the batch in.
/// </summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Where it happened, and what to do.</param>
    public TrainingDivergedException(string message) : base(message)
    {
    }

    /// <summary>The layer that was first, named as in the state_dict, such as <c>layer3.2.bn1</c>; null where it is none.</summary>
    public string? Layer { get; init; }
}
