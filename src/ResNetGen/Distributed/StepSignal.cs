namespace ResNetGen.Distributed;

/// <summary>What a rank has to say before a step; the greatest of all ranks' is what all do.</summary>
internal enum StepSignal
{
    /// <summary>It has its pictures.</summary>
    Go,

    /// <summary>It was asked to stop.</summary>
    Stop,

    /// <summary>It cannot have its pictures.</summary>
    Failed,
}
