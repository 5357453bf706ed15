namespace ResNetGen.Architecture;

/// <summary>One reason why a specification is no network. The analyzer words it; this says what is wrong, and where.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Argument">The attribute property it is about, e.g. <c>Depth</c>.</param>
/// <param name="Details">The values of the message, as <see cref="ProblemKind"/> lists them.</param>
public sealed record Problem(ProblemKind Kind, string Argument, EquatableArray<string> Details)
{
    /// <summary>Kind, argument and details in one line, for exceptions and test output.</summary>
    public override string ToString() => $"{Kind} ({Argument}): {string.Join(", ", Details)}";
}
