namespace ResNetGen;

/// <summary>What a comparison of a live module with the architecture that describes it has found.</summary>
public sealed record SelfCheckReport
{
    // Where one layer is wrong, all after it may be: the first ones say which.
    private const int Shown = 10;

    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>
    /// What differs, in the order of the architecture's state_dict, each with its path, what was expected and what was found;
    /// empty where the module is what its architecture says.
    /// </summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>Whether nothing differs.</summary>
    public bool IsAlike => Differences.Count == 0;

    /// <summary>Does nothing where nothing differs.</summary>
    /// <exception cref="InvalidOperationException">Something differs; the message names the first differences.</exception>
    public void ThrowIfDifferent()
    {
        if (!IsAlike)
            throw new InvalidOperationException(ToString());
    }

    /// <summary>The verdict, and the first differences by path.</summary>
    public override string ToString()
    {
        if (IsAlike)
            return $"{Network} is what its architecture says.";

        IEnumerable<string> lines = Differences.Take(Shown).Select(difference => "  " + difference);
        if (Differences.Count > Shown)
            lines = lines.Append($"  and {Differences.Count - Shown} more");

        return string.Join('\n', lines.Prepend($"{Network} is not what its architecture says:"));
    }
}
