namespace ResNetGen.Checkpoints;

/// <summary>
/// Which checkpoints of a run are kept; one that any of the three rules wants stays. Only whole ones count: a damaged file takes
/// no good one's place, and is itself never deleted.
/// </summary>
public sealed record CheckpointRetention
{
    /// <summary>So many of the newest, 1 or more. With 2 there is one to go back to where the newest is damaged.</summary>
    public int Last { get; init; } = 2;

    /// <summary>
    /// So many of those with the lowest test error, of two equal ones the earlier; 0 keeps none. Above 0, a checkpoint is
    /// written at each evaluation too. They are kept to be looked at, never reported as the run's result: chosen by the test set, their error on it is too low to be believed.
    /// </summary>
    public int Best { get; init; }

    /// <summary>Those of each so many iterations, which are also written then; null keeps none.</summary>
    public long? Every { get; init; }

    /// <summary>Refuses numbers that mean nothing.</summary>
    /// <exception cref="BadInputException">One does.</exception>
    internal void Require()
    {
        if (Last < 1) throw Refused(nameof(Last), Last, 1);
        if (Best < 0) throw Refused(nameof(Best), Best, 0);
        if (Every < 1) throw Refused(nameof(Every), Every.Value, 1);
    }

    /// <summary>Those to keep of a run's whole checkpoints.</summary>
    internal HashSet<CheckpointInfo> Choose(IReadOnlyCollection<CheckpointInfo> whole) =>
    [
        .. whole.OrderByDescending(static info => info.Position.Iteration).Take(Last),
        .. whole.Where(static info => info.TestError is not null)
            .OrderBy(static info => info.TestError).ThenBy(static info => info.Position.Iteration).Take(Best),
        .. whole.Where(info => Every is { } every && info.Position.Iteration % every == 0),
    ];

    private static BadInputException Refused(string name, long found, int least) =>
        new($"TrainerOptions.Keep.{name} is {found}; expected {least} or more.");
}
