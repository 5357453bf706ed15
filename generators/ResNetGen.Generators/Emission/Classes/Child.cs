using ResNetGen.Architecture.Layers;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>A child module of a class.</summary>
/// <param name="Slot">Its place.</param>
/// <param name="Key">The name it is registered under, its segment of state_dict keys.</param>
/// <param name="Property">Its property.</param>
/// <param name="Type">The property's type, without the mark of an optional one.</param>
/// <param name="Summary">Its documentation.</param>
/// <param name="Declared">The partial property that the user has declared for it; null where the generator declares it.</param>
internal sealed record Child(Slot Slot, string Key, string Property, string Type, string Summary, DeclaredMember? Declared)
{
    /// <summary>The expression that makes it.</summary>
    public required string Make { get; init; }

    /// <summary>The condition under which an instance has it; empty where all have it.</summary>
    public required string Condition { get; init; }

    /// <summary>What to do with it once it is made: other than torch's first values.</summary>
    public IReadOnlyList<string> Starts { get; init; } = [];

    /// <summary>Where the constructor puts it: a property of ours, or the field behind the user's partial one.</summary>
    public string Target => Declared is null ? Property : Names.Field(Property);

    /// <summary>How a method reads it: a property in lower case would be taken for a local variable.</summary>
    public string Access => char.IsLower(Property.TrimStart('@')[0]) ? "this." + Property : Property;
}
