namespace ResNetGen.Samples;

/// <summary>What a comparison trains: several networks, those that are compared with each other by one recipe.</summary>
internal sealed record ComparisonPlan
{
    /// <summary>The networks, in the order of training.</summary>
    public required IReadOnlyList<NetworkEntry<Cifar10>> Networks { get; init; }

    /// <summary>How a network, given by its name, is trained.</summary>
    public required Func<string, Recipe> RecipeOf { get; init; }

    /// <summary>Iterations between two evaluations, or null for one an epoch.</summary>
    public long? EvaluateEvery { get; init; }

    /// <summary>Makes the pictures from the runs that there are and says what they show.</summary>
    public required Action<IReadOnlyList<Finished>, Cifar10> Show { get; init; }

    /// <summary>The plan for the networks that were asked for.</summary>
    /// <param name="names">Their names, or null for all.</param>
    /// <exception cref="BadInputException">A name is not one of the plan's.</exception>
    public ComparisonPlan Only(IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return this;
        }

        foreach (string name in names.Where(name => !Networks.Any(network => Same(network.Name, name))))
        {
            string? nearest = Nearest.Of(name, Networks.Select(static n => n.Name));
            throw new BadInputException($"--networks: there is no \"{name}\" here."
                + (nearest is null ? "" : $" Did you mean {nearest}?")
                + $" Known: {string.Join(", ", Networks.Select(static n => n.Name))}.");
        }

        return this with { Networks = [.. Networks.Where(network => names.Any(name => Same(network.Name, name)))] };
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
