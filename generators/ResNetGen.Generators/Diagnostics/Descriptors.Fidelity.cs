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

    /// <summary>A CIFAR network with projections.</summary>
    public static readonly DiagnosticDescriptor NotThePapersShortcut = new(
        "RNG0403",
        "Not the paper's shortcut",
        "'{0}': expected shortcut A, the one of all the paper's CIFAR networks (arXiv 1512.03385, section 4.2), found Shortcut = {1}, which adds {2} parameters; write Shortcut = A, " +
            "or suppress this where another network is meant",
        "ResNetGen.Fidelity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0403.md");

    /// <summary>Gates start open.</summary>
    public static readonly DiagnosticDescriptor GateBiasThatFailed = new(
        "RNG0404",
        "Gates with this bias failed in the paper",
        "'{0}': expected exclusive gates that start at a bias of -6, the best of the paper's search (arXiv 1603.05027, section 3.1), found GateBias = {1}; from 0 to -5 training failed there; write GateBias = -6",
        "ResNetGen.Fidelity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0404.md");

    /// <summary>A thousand layers of the units of 2015.</summary>
    public static readonly DiagnosticDescriptor DeepWithoutPreActivation = new(
        "RNG0405",
        "A very deep network without pre-activation",
        "'{0}': expected pre-activated units in a network of {1} layers, found Unit = Original; the paper reports 7.61 % errors with it and 4.92 % pre-activated " +
            "for 1001 layers (arXiv 1603.05027, table 3); write Unit = FullPreActivation",
        "ResNetGen.Fidelity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0405.md");

    /// <summary>A pre-activated branch whose sum is activated again.</summary>
    public static readonly DiagnosticDescriptor ReLUAfterPreActivation = new(
        "RNG0406",
        "ReLU follows the addition of a pre-activated branch",
        "'{0}': expected nothing after the addition in '{1}', since its branch '{2}' begins with batch normalisation (arXiv 1603.05027, figure 4e), found ReLU; write ReLU = false",
        "ResNetGen.Fidelity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0406.md");

    /// <summary>A bias that batch normalisation takes away.</summary>
    public static readonly DiagnosticDescriptor BiasBeforeBatchNorm = new(
        "RNG0407",
        "A bias before batch normalisation is redundant",
        "'{0}': expected no bias in '{1}', whose output batch normalisation takes, found Bias = true with {2} parameters that change nothing; leave Bias out",
        "ResNetGen.Fidelity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0407.md");

    /// <summary>What the network costs.</summary>
    public static readonly DiagnosticDescriptor NetworkCosts = new(
        "RNG0408",
        "What the network costs",
        "{0}: {1} parameters, {2} multiply-adds an image (convolution and linear layers, as fvcore and torchvision count), {3} weighted layers, about {4} GiB to train at batch {5} in fp32",
        "ResNetGen.Fidelity",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0408.md");

    /// <summary>A paper's recipe is changed under its name.</summary>
    public static readonly DiagnosticDescriptor RecipeDeviates = new(
        "RNG0410",
        "The recipe is not the paper's any more",
        "Recipe '{0}' ({1}): expected {2} = {3}, found {4}; leave {2} out, or give the recipe a Name of its own",
        "ResNetGen.Fidelity",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0410.md");
}
