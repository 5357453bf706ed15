namespace ResNetGen.Checkpoints;

/// <summary>A checkpoint that cannot be used: damaged, or of another run. The message says which and what to do.</summary>
public sealed class CheckpointException : BadInputException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="file">The checkpoint.</param>
    /// <param name="problem">What is wrong with it, and what to do where that is known.</param>
    /// <param name="innerException">The failure underneath, where there is one.</param>
    public CheckpointException(string file, string problem, Exception? innerException = null)
        : base($"Checkpoint {file}: {problem}", innerException) => File = file;

    /// <summary>The checkpoint.</summary>
    public string File { get; }
}
