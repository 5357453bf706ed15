namespace ResNetGen.Distributed.Launching;

/// <summary>What is started on this machine, in how many processes, and how it ends.</summary>
public sealed record LaunchOptions
{
    /// <summary>How many processes, called ranks: 1 or more.</summary>
    public required int Processes { get; init; }

    /// <summary>The program: a path, or a name that is looked for on PATH.</summary>
    public required string Program { get; init; }

    /// <summary>The program's arguments, the same for each process.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables for all processes, beside those that tell them apart and those that this process has.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Allow more processes than there are cores, which is slower than fewer.</summary>
    public bool Oversubscribe { get; init; }

    /// <summary>Show every line of all ranks; else those of rank 0, and what the others have to complain of.</summary>
    public bool ShowAll { get; init; }

    /// <summary>How long the processes get to save and end when they are asked to; then they are killed. 60 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How the message about a rank that failed ends: what is left of the run, and what goes on with it. Null: nothing.</summary>
    public Func<string?>? AfterFailure { get; init; }

    /// <summary>Where messages and other ranks' lines go.</summary>
    public TextWriter Messages { get; init; } = Console.Error;
}
