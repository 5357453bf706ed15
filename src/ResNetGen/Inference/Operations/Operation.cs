using ResNetGen.Architecture.Layers;

namespace ResNetGen.Planning;

/// <summary>One step of a plan.</summary>
/// <param name="Path">The module that it comes of; where several were fused, that of the first.</param>
/// <param name="Output">What it gives.</param>
internal abstract record Operation(string Path, Map Output)
{
    /// <summary>What it reads.</summary>
    public abstract IReadOnlyList<Map> Inputs { get; }
}

/// <summary>An operation that can apply a function to each element before it writes it.</summary>
/// <inheritdoc cref="Operation" path="/param"/>
internal abstract record Activated(string Path, Map Output) : Operation(Path, Output)
{
    /// <summary>The function; null for none.</summary>
    public Activation? After { get; init; }
}

/// <summary>
/// An operation that can add what it computes to another map before it applies the function, and writes over that map: nothing
/// else reads it any more.
/// </summary>
/// <inheritdoc cref="Operation" path="/param"/>
internal abstract record Adding(string Path, Map Output) : Activated(Path, Output)
{
    /// <summary>The map; null for none.</summary>
    public Map? Addend { get; init; }
}
