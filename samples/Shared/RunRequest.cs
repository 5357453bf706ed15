using ResNetGen.Checkpoints;

namespace ResNetGen.Samples;

/// <summary>One run, as a command line asks for it.</summary>
/// <typeparam name="TDataset">What is trained on.</typeparam>
internal sealed record RunRequest<TDataset>
    where TDataset : class, IImageDataset<TDataset>
{
    /// <summary>The network.</summary>
    public required NetworkEntry<TDataset> Network { get; init; }

    /// <summary>The recipe, with what the command line changes of it.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Opens the pictures; may download and be cancelled.</summary>
    public required Func<CancellationToken, TDataset> Open { get; init; }

    /// <summary>The folder given with --output, or null for one named after network and recipe.</summary>
    public required string? Output { get; init; }

    /// <summary>Go on where the run stopped.</summary>
    public required bool Resume { get; init; }

    /// <summary>The device.</summary>
    public required ComputeDevice Device { get; init; }

    /// <summary>The arithmetic.</summary>
    public required Precision Precision { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Iterations between two checkpoints, or null for one at the end of each epoch.</summary>
    public required long? CheckpointEvery { get; init; }

    /// <summary>Which checkpoints are kept.</summary>
    public required CheckpointRetention Keep { get; init; }

    /// <summary>At most so many iterations an epoch.</summary>
    public required int? LimitBatches { get; init; }

    /// <summary>In how many processes of this machine.</summary>
    public required ProcessRequest Processes { get; init; }
}
