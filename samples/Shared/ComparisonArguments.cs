namespace ResNetGen.Samples;

/// <summary>What the command line of a comparison says, checked and typed.</summary>
internal sealed record ComparisonArguments
{
    /// <summary>Whether the paper's own networks and schedule are asked for; else the form that takes minutes on two cores.</summary>
    public required bool Paper { get; init; }

    /// <summary>Names of the networks to train, or null for all of the form.</summary>
    public required IReadOnlyList<string>? Networks { get; init; }

    /// <summary>Iterations of each run, or null for the form's own length.</summary>
    public required int? Iterations { get; init; }

    /// <summary>The folder given with --data, or null.</summary>
    public required string? Data { get; init; }

    /// <summary>The folder of all the runs and of the picture.</summary>
    public required string Output { get; init; }

    /// <summary>Go on with what is there.</summary>
    public required bool Resume { get; init; }

    /// <summary>The device.</summary>
    public required ComputeDevice Device { get; init; }

    /// <summary>The arithmetic.</summary>
    public required Precision Precision { get; init; }

    /// <summary>The seed of every run.</summary>
    public required long Seed { get; init; }

    /// <summary>In how many processes of this machine.</summary>
    public required ProcessRequest Processes { get; init; }
}
