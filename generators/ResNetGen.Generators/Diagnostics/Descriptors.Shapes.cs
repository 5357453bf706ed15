using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Diagnostics;

/// <content>0201 and up: shapes along the layers.</content>
internal static partial class Descriptors
{
    /// <summary>The input is too small for the strides of the network.</summary>
    public static readonly DiagnosticDescriptor FeatureMapVanished = new(
        "RNG0201",
        "The feature map shrinks to nothing",
        "'{0}': nothing is left of the feature map at {1}: expected at least {11}, found {3}x{4} " +
            "(kernel {5}, stride {2}, padding {6}) from an input of {7}x{8}; write {9} = {10} or more",
        "ResNetGen.Shapes",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0201.md");

    /// <summary>Option A would have to drop channels.</summary>
    public static readonly DiagnosticDescriptor ZeroPaddingReducesChannels = new(
        "RNG0204",
        "Shortcut A cannot reduce channels",
        "'{0}': shortcut A adds zero channels and cannot take any away: expected {2} or more channels out of {1}, found {3}; write Shortcut = B",
        "ResNetGen.Shapes",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0204.md");

    /// <summary>Average pooling on a shortcut halves an odd side.</summary>
    public static readonly DiagnosticDescriptor OddMapBeforeAverage = new(
        "RNG0207",
        "An average-pooled shortcut halves an odd feature map",
        "'{0}': '{1}' pools a feature map of {2}: expected even sides, so that every mean is of four pixels, found a last window of fewer, " +
            "which counts only to fit the branch; write {3}",
        "ResNetGen.Shapes",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0207.md");
}
