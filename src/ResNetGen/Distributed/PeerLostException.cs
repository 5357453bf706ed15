namespace ResNetGen.Distributed;

/// <summary>
/// Another rank was lost: its process ended, or did not answer in time. The step that was being made is given up; the last checkpoint
/// stands, and the run goes on from it when it is resumed.
/// </summary>
public sealed class PeerLostException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="inner">The failure underneath.</param>
    public PeerLostException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <summary>The rank that was lost; null where it is not known.</summary>
    public int? Rank { get; init; }

    /// <summary>The checkpoint to go on from; null where none was written.</summary>
    public string? Checkpoint { get; init; }
}
