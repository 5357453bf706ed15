namespace ResNetGen;

/// <summary>
/// Something given from outside (a file, a folder, an option) cannot be used. The message says what was expected, what
/// was found, where, and what to do; a command prints it as it is and ends with a nonzero exit code.
/// </summary>
public class BadInputException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was expected, what was found, where, and what to do.</param>
    /// <param name="innerException">The failure underneath, where there is one.</param>
    public BadInputException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
