namespace ResNetGen.Architecture;

/// <summary>One reason why a specification is no network. The analyzer words it; this says what is wrong, and where.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Argument">
/// The attribute property it is about, e.g. <c>Depth</c>; of another attribute than the family's with its name before it,
/// e.g. <c>DropPath.Rate</c>.
/// </param>
/// <param name="Details">The values of the message, as <see cref="ProblemKind"/> lists them.</param>
public sealed record Problem(ProblemKind Kind, string Argument, EquatableArray<string> Details)
{
    /// <summary>
    /// In a network of one's own, the member whose layer it is about, by its path through nested branches: <c>Stem</c>, <c>Down.A</c>.
    /// Empty where it is about the network's own attributes.
    /// </summary>
    public string Layer { get; init; } = "";

    /// <summary>The members whose layers take part without being wrong, e.g. the one that gives the shape.</summary>
    public EquatableArray<string> Related { get; init; }

    /// <summary>Kind, argument and details in one line, for exceptions and test output.</summary>
    public override string ToString() => $"{Kind} ({Argument}): {string.Join(", ", Details)}";
}
