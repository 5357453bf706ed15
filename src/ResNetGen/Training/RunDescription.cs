using ResNetGen.Architecture;

namespace ResNetGen.Training;

/// <summary>What a run will do, known before its first step.</summary>
public sealed record RunDescription
{
    /// <summary>The network.</summary>
    public required NetworkArchitecture Network { get; init; }

    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>What was really opened, in words.</summary>
    public required string DatasetDescription { get; init; }

    /// <summary>Pictures to train on.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Pictures to test on.</summary>
    public required int TestCount { get; init; }

    /// <summary>How it trains.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Where and in which arithmetic, and why.</summary>
    public required ComputePlan Compute { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Number of processes that train together; each takes as large a part of every batch.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>Iterations of the whole run.</summary>
    public required long TotalIterations { get; init; }

    /// <summary>Iterations of one pass over the training set.</summary>
    public required long IterationsPerEpoch { get; init; }

    /// <summary>Iterations already done: 0 for a fresh run.</summary>
    public required long StartIteration { get; init; }

    /// <summary>Iteration of the last evaluation that the run knows of; null where there was none.</summary>
    public long? EvaluatedIteration { get; init; }

    /// <summary>The run's folder.</summary>
    public required string Output { get; init; }

    /// <summary>
    /// The run as names and values in a fixed order: what is printed at the start, stored in <c>run.json</c> and
    /// compared on resume.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>What the user should know before the run, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
