using ResNetGen.Architecture;

namespace ResNetGen.Generators.Models;

/// <summary>
/// Everything the emitter needs to print one network.
/// </summary>
/// <remarks>
/// A value: two models are equal where the printed text is. So it holds no symbol, syntax, location, attribute data or
/// compilation: any of them would make every keystroke print every network again, and keep old compilations alive.
/// </remarks>
internal sealed record NetworkModel
{
    /// <summary>Fully qualified metadata name and ".g.cs": <c>Sample.Outer+ResNet20.g.cs</c>.</summary>
    public required string HintName { get; init; }

    /// <summary>Namespace as it is written in source (keywords escaped); empty for the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>The types around the class, outermost first.</summary>
    public required EquatableArray<ContainingType> ContainingTypes { get; init; }

    /// <summary>The class's name as it is written in source (keywords escaped). <c>Spec.Name</c> is the bare name.</summary>
    public required string Identifier { get; init; }

    /// <summary>
    /// What the user wrote, and no more: what was not written is null. Where that is no network, the nearest one that is, so
    /// that it always builds.
    /// </summary>
    public required NetworkSpec Spec { get; init; }

    /// <summary>
    /// The names that mean something else at the class's place than generated code would have them mean, in ordinal order.
    /// </summary>
    public required EquatableArray<string> TakenNames { get; init; }

    /// <summary>
    /// The classes whose layers the user has declared, the network's own first and each before those inside it; empty where
    /// the family declares them.
    /// </summary>
    public EquatableArray<DeclaredClass> Declared { get; init; }

    /// <summary>What is wrong, as "RNG0101: message". Where there is any, a stub is printed instead of the network.</summary>
    public required EquatableArray<string> Errors { get; init; }
}

/// <summary>A type around a network, to be re-opened in generated code.</summary>
/// <param name="Keyword"><c>class</c>, <c>struct</c>, <c>record</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Identifier">Name with type parameters, as in source: <c>Outer&lt;T&gt;</c>.</param>
internal sealed record ContainingType(string Keyword, string Identifier);
