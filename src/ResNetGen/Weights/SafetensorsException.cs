namespace ResNetGen.Weights;

/// <summary>A safetensors file that cannot be used; the message names the file, the entry and the fix.</summary>
public sealed class SafetensorsException : BadInputException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">What is wrong with it, as one sentence.</param>
    /// <param name="innerException">The failure underneath, where there is one.</param>
    public SafetensorsException(string file, string problem, Exception? innerException = null)
        : base($"{file}: {problem} Copy or download the file again, or have its writer write it again.", innerException) => File = file;

    /// <summary>The file.</summary>
    public string File { get; }
}
