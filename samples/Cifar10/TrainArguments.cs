namespace ResNetGen.Samples;

/// <summary>What the command line says, checked and typed.</summary>
internal sealed record TrainArguments
{
    /// <summary>Print the networks and stop.</summary>
    public required bool List { get; init; }

    /// <summary>The network.</summary>
    public required NetworkEntry<Cifar10> Network { get; init; }

    /// <summary>The recipe, with what the command line changes of it.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The folder given with --data, or null.</summary>
    public required string? Data { get; init; }

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

    /// <summary>At most so many iterations an epoch.</summary>
    public required int? LimitBatches { get; init; }

    /// <summary>The run that this asks for.</summary>
    /// <param name="output">Where it says which pictures it found.</param>
    public RunRequest<Cifar10> Request(TextWriter output) => new()
    {
        Network = Network,
        Recipe = Recipe,
        Open = cancellation => Pictures.Open(Data, output, cancellation),
        Output = Output,
        Resume = Resume,
        Seed = Seed,
        Device = Device,
        Precision = Precision,
        LimitBatches = LimitBatches,
    };
}
