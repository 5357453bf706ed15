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
