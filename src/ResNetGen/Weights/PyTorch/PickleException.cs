namespace ResNetGen.Weights.PyTorch;

/// <summary>A pickle that is malformed, or that asks for more than tensors, numbers, strings, tuples, lists and dicts.</summary>
public sealed class PickleException : BadInputException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was expected, what was found, where, and what to do.</param>
    /// <param name="innerException">The failure underneath, where there is one.</param>
    public PickleException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
