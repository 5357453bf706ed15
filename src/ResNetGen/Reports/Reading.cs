namespace ResNetGen.Reports;

/// <summary>A line of <c>metrics.jsonl</c>; what it does not say is not a number.</summary>
internal readonly record struct Reading(long Iteration, double Epoch, double Elapsed)
{
    /// <summary>Mean loss, of training or test pictures.</summary>
    public required double Loss { get; init; }

    /// <summary>Error in percent.</summary>
    public required double Error { get; init; }

    /// <summary>Top-5 error in percent; of an evaluation.</summary>
    public double Top5Error { get; init; }

    /// <summary>Learning rate; while training.</summary>
    public double Rate { get; init; }

    /// <summary>Pictures a second.</summary>
    public double Speed { get; init; }
}
