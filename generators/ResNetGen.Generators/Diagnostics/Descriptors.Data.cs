using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Diagnostics;

/// <content>0301 and up: heads, data and weights.</content>
internal static partial class Descriptors
{
    /// <summary>The published weights tell other classes apart.</summary>
    public static readonly DiagnosticDescriptor WeightsOfOtherClasses = new(
        "RNG0302",
        "The pretrained weights have other classes",
        "'{0}': expected {1} classes, those of the pretrained '{2}', found {3}; write ReplaceHead = true, so that the last layer starts afresh, or Classes = {1}",
        "ResNetGen.Data",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0302.md");

    /// <summary>The published weights are those of another network.</summary>
    public static readonly DiagnosticDescriptor WeightsOfAnotherNetwork = new(
        "RNG0303",
        "The pretrained weights are those of another network",
        "'{0}': expected the layers of the pretrained '{1}', found {2}; {3}",
        "ResNetGen.Data",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0303.md");

    /// <summary>The published weights were trained with the stride elsewhere.</summary>
    public static readonly DiagnosticDescriptor WeightsOfOtherStrides = new(
        "RNG0304",
        "The pretrained weights were trained with other strides",
        "'{0}': the pretrained '{1}' was trained with stride {2} at {3} (\"v1.5\", on the 3×3 convolutions), found stride {4}: every entry fits, " +
            "but the network computes something else; {5}",
        "ResNetGen.Data",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0304.md");

    /// <summary>A network is trained on pictures of another shape, or of other classes.</summary>
    public static readonly DiagnosticDescriptor DatasetMismatch = new(
        "RNG0307",
        "The network and the dataset do not fit",
        "'{0}' takes {1} images and tells {2} classes apart, '{3}' gives {4} images of {5} classes: expected the same; write {6} in the attribute of '{0}', or take another dataset",
        "ResNetGen.Data",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0307.md");

    /// <summary>Nobody publishes weights of that name.</summary>
    public static readonly DiagnosticDescriptor UnknownWeights = new(
        "RNG0309",
        "Pretrained weights of that name are not published",
        "'{0}': expected the name of weights that torchvision publishes ({1}), found '{2}'; write [Pretrained(\"{3}\")]",
        "ResNetGen.Data",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0309.md");
}
