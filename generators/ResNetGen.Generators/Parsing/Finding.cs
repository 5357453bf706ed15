using System.Globalization;
using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Parsing;

/// <summary>A mistake in a declaration, as values: the analyzer finds the place, the generator only needs to know.</summary>
/// <param name="Descriptor">Which mistake.</param>
/// <param name="Place">Where the squiggle goes.</param>
/// <param name="Details">What the message is made of.</param>
internal sealed record Finding(DiagnosticDescriptor Descriptor, Place Place, EquatableArray<string> Details)
{
    /// <summary>The places that belong to the mistake without being wrong, e.g. the layer that gives the shape. An edit names them by number.</summary>
    public EquatableArray<Place> Further { get; init; }

    /// <summary>The answers on offer, the best first; none where what to write is a matter of taste.</summary>
    public EquatableArray<Fix> Fixes { get; init; }

    /// <summary>"RNG0101: message", in English whatever the machine.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        $"{Descriptor.Id}: {Descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture)}",
        [.. Details]);
}

/// <summary>Where a squiggle goes.</summary>
/// <param name="Kind">The part of the declaration.</param>
/// <param name="Name">The attribute's argument, the base class or the containing type it is about.</param>
internal sealed record Place(PlaceKind Kind, string Name = "")
{
    /// <summary>The whole attribute that makes the class a network.</summary>
    public static Place Attribute { get; } = new(PlaceKind.Attribute);

    /// <summary>An argument's expression, or the whole attribute where the argument was not written.</summary>
    public static Place Argument(string name) => new(PlaceKind.Argument, name);
}

/// <summary>The parts of a declaration that can be wrong.</summary>
internal enum PlaceKind
{
    /// <summary>The expression of an argument of the attribute.</summary>
    Argument,

    /// <summary>The whole attribute that makes the class a network.</summary>
    Attribute,

    /// <summary>A second family's attribute.</summary>
    SecondAttribute,

    /// <summary>The name in the declaration.</summary>
    Identifier,

    /// <summary>The name in the declaration of a type around it.</summary>
    ContainingType,

    /// <summary>The modifier or keyword that makes it the wrong kind of type, or its type parameters.</summary>
    Kind,

    /// <summary>The base class in the declaration.</summary>
    BaseClass,
}
