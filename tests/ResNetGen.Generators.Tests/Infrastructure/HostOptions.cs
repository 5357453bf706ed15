using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ResNetGen.Generators.Tests.Infrastructure;

/// <summary>How sources are compiled.</summary>
internal sealed record HostOptions
{
    /// <summary>The C# of the project.</summary>
    public LanguageVersion Language { get; init; } = LanguageVersion.Latest;

    /// <summary>More references, for what lives in another assembly.</summary>
    public IReadOnlyList<MetadataReference> References { get; init; } = [];

    /// <summary>Whether <c>using ResNetGen;</c> and the static usings of the enums stand in a file of their own.</summary>
    public bool Usings { get; init; } = true;

    /// <summary>Whether departures from the papers are reported, as they are in a user's project.</summary>
    public bool Papers { get; init; } = true;
}
