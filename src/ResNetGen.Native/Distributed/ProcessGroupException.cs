namespace ResNetGen.Native;

/// <summary>Why a call of a <see cref="ProcessGroup"/> failed.</summary>
public enum ProcessGroupFailure
{
    /// <summary>The call itself was wrong: a tensor that the backend does not take, shapes that differ between ranks.</summary>
    Call,

    /// <summary>The ranks did not come together: no store at the address, a port that is taken, a rank that is missing or there twice.</summary>
    Rendezvous,

    /// <summary>A rank is gone: its process ended, closed its connections, or gives no sign of life any more.</summary>
    PeerLost,

    /// <summary>A rank did not come to the operation in time, though all give signs of life.</summary>
    Timeout,

    /// <summary>This process closed the group itself.</summary>
    Closed,
}

/// <summary>
/// A process group could not do what it was asked: the message says which operation on which rank, what was waited for and how long,
/// which rank is missing where that is known, and what to check.
/// </summary>
public sealed class ProcessGroupException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">The message.</param>
    /// <param name="failure">Why.</param>
    /// <param name="lostRank">The rank that is missing, null where that is not known.</param>
    public ProcessGroupException(string message, ProcessGroupFailure failure, int? lostRank = null)
        : base(message)
    {
        Failure = failure;
        LostRank = lostRank;
    }

    /// <summary>Why the call failed.</summary>
    public ProcessGroupFailure Failure { get; }

    /// <summary>The rank that is missing: lost, or not come to the operation; null where that is not known. Of several, the lowest.</summary>
    public int? LostRank { get; }
}
