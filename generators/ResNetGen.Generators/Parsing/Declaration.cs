using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;

namespace ResNetGen.Generators.Parsing;

/// <summary>
/// A type that carries a family's attribute, read once for the generator and once for the analyzer. Holds symbols:
/// nobody may keep it.
/// </summary>
internal sealed class Declaration
{
    private Declaration(INamedTypeSymbol type, Family family, AttributeData attribute, IReadOnlyList<INamedTypeSymbol> users)
    {
        Type = type;
        Family = family;
        Attribute = attribute;
        Values = new AttributeValues(attribute);
        Spec = Modifiers.Apply(family.Read(type.Name, Values), type);
        if (Spec is CustomNetworkSpec custom)
        {
            Custom = CustomReader.Read(type, users);
            Spec = custom with { Members = Custom.Members, Branches = Custom.Branches };
        }
    }

    /// <summary>The type that is to become a network.</summary>
    public INamedTypeSymbol Type { get; }

    /// <summary>The family it belongs to.</summary>
    public Family Family { get; }

    /// <summary>The attribute that says so: the first of the families' in <see cref="Parsing.Family.All"/>'s order.</summary>
    public AttributeData Attribute { get; }

    /// <summary>The attribute's arguments.</summary>
    public AttributeValues Values { get; }

    /// <summary>What was written.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>The members, where the family's layers are declared; else null.</summary>
    public CustomDeclaration? Custom { get; }

    /// <summary>Whether somebody else already says what is wrong: the compiler, or the analyzer of a network that this one uses.</summary>
    public bool IsBroken => Values.RefusedByCompiler || Custom is { IsBroken: true };

    /// <summary>Reads a type, in this compilation or in a referenced assembly; null where it carries no family's attribute.</summary>
    /// <param name="type">The type.</param>
    /// <param name="users">The networks that use it, so that a circle of them ends.</param>
    public static Declaration? Read(INamedTypeSymbol type, params INamedTypeSymbol[] users)
    {
        (Family Family, AttributeData Attribute)? first = null;
        foreach ((Family family, AttributeData attribute) in FamilyAttributes(type))
        {
            if (first is null || Order(family) < Order(first.Value.Family))
                first = (family, attribute);
        }
        return first is { } found ? new Declaration(type, found.Family, found.Attribute, users) : null;
    }

    /// <summary>The families' attributes of other families than this network's, as written.</summary>
    public IEnumerable<(Family Family, AttributeData Attribute)> OtherFamilies() =>
        FamilyAttributes(Type).Where(pair => pair.Family != Family);

    /// <summary>The arguments of another attribute of ours on the class, such as <c>[Budget]</c>; null where it is not there.</summary>
    public AttributeValues? Modifier(string name) =>
        AttributePlaces.Of(Type, name) is { } attribute ? new AttributeValues(attribute) : null;

    /// <summary>
    /// Whether the specification is what the user wrote. What the compiler refuses is reported by the compiler and nobody else, and
    /// shapes say nothing of a network whose layers are not all known.
    /// </summary>
    public bool ValuesAreKnown => !IsBroken && Custom is not { Findings.Count: > 0 };

    /// <summary>Every mistake in the declaration and in its values.</summary>
    public IReadOnlyList<Finding> Findings() => ValuesAreKnown ? [.. FindingsInSource(), .. ValueRules.OfSpec(Spec)] : FindingsInSource();

    /// <summary>The mistakes that only the source shows. What the specification shows is told from its value, at any later time.</summary>
    public IReadOnlyList<Finding> FindingsInSource()
    {
        List<Finding> findings = [.. DeclarationRules.Check(this)];
        if (Custom is not null)
            findings.AddRange(Custom.Findings);
        if (ValuesAreKnown)
            findings.AddRange(ValueRules.OfOptions(this));
        return findings;
    }

    private static IEnumerable<(Family Family, AttributeData Attribute)> FamilyAttributes(INamedTypeSymbol type)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (Family.Of(attribute.AttributeClass) is { } family)
                yield return (family, attribute);
        }
    }

    private static int Order(Family family)
    {
        for (int i = 0; i < Family.All.Count; i++)
        {
            if (ReferenceEquals(Family.All[i], family))
                return i;
        }
        return int.MaxValue;
    }
}
