using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Parsing;

/// <summary>What the members of a network of one's own come to.</summary>
/// <param name="Members">Its layers in declaration order.</param>
/// <param name="Branches">Its branches, each before those nested in it.</param>
/// <param name="Declared">The properties to implement, by class.</param>
/// <param name="Findings">What is wrong with the declarations as C#.</param>
/// <param name="IsBroken">Whether the compiler, or another network's message, already says what is wrong.</param>
internal sealed record CustomDeclaration(
    EquatableArray<MemberSpec> Members,
    EquatableArray<BranchSpec> Branches,
    EquatableArray<DeclaredClass> Declared,
    EquatableArray<Finding> Findings,
    bool IsBroken)
{
    /// <summary>A network that uses this one, and that this one uses: the first one met. Null where there is no circle.</summary>
    public INamedTypeSymbol? Circle { get; init; }
}
