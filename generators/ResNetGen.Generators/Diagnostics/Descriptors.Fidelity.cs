using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Diagnostics;

/// <content>0401 and up: budgets, and faithfulness to the papers.</content>
internal static partial class Descriptors
{
    /// <summary>More parameters than the budget allows.</summary>
    public static readonly DiagnosticDescriptor TooManyParameters = new(
        "RNG0401",
        "The network has more parameters than its budget",
        "'{0}': expected at most {1} parameters, found {2}; the largest layers are {4}; write MaxParameters = {5} or more, or take a smaller network",
        "ResNetGen.Fidelity",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0401.md");

    /// <summary>More multiply-adds than the budget allows.</summary>
    public static readonly DiagnosticDescriptor TooManyMultiplyAdds = new(
        "RNG0402",
        "The network has more multiply-adds than its budget",
        "'{0}': expected at most {1} multiply-adds for one {3} image, found {2}; the largest layers are {4}; " +
            "write MaxMultiplyAdds = {5} or more, or take a smaller network or input",
        "ResNetGen.Fidelity",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0402.md");
}
