using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Diagnostics;

/// <content>0301 and up: heads, data and weights.</content>
internal static partial class Descriptors
{
    /// <summary>A network is trained on pictures of another shape, or of other classes.</summary>
    public static readonly DiagnosticDescriptor DatasetMismatch = new(
        "RNG0307",
        "The network and the dataset do not fit",
        "'{0}' takes {1} images and tells {2} classes apart, '{3}' gives {4} images of {5} classes: expected the same; write {6} in the attribute of '{0}', or take another dataset",
        "ResNetGen.Data",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0307.md");
}
