using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Diagnostics;

/// <content>0101 and up: values of the attribute's arguments.</content>
internal static partial class Descriptors
{
    /// <summary>The paper has no network of this depth.</summary>
    public static readonly DiagnosticDescriptor DepthNotStandard = new(
        "RNG0101",
        "The depth is not a standard one",
        "'{0}': expected a depth of {1} for [{2}]{3}, found {4}; write Depth = {5}, the nearest, or give Stages and Block",
        "ResNetGen.Architecture",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0101.md");

    /// <summary>The depth does not divide into three stages of equal blocks.</summary>
    public static readonly DiagnosticDescriptor DepthNotOfForm = new(
        "RNG0102",
        "The depth of a CIFAR network is not of the form its blocks need",
        "'{0}': expected a depth of the form {1} ({2} blocks), found {3}; write Depth = {4} or Depth = {5}{6}",
        "ResNetGen.Architecture",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0102.md");

    /// <summary>Stages and Depth tell of different networks.</summary>
    public static readonly DiagnosticDescriptor StagesContradictDepth = new(
        "RNG0103",
        "Stages and Depth contradict each other",
        "'{0}': Stages = {1} of {2} blocks make {3} weighted layers, but Depth says {4}; {5}",
        "ResNetGen.Architecture",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0103.md");

    /// <summary>Only bottlenecks have groups and widths.</summary>
    public static readonly DiagnosticDescriptor GroupsOnBasicBlocks = new(
        "RNG0104",
        "Basic blocks have neither groups nor a width",
        "'{0}': expected {1} = {2} for Basic blocks, found {3}; leave {1} out, or take a network of Bottleneck blocks",
        "ResNetGen.Architecture",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0104.md");

    /// <summary>There is no VGG network of this depth.</summary>
    public static readonly DiagnosticDescriptor DepthNotVgg = new(
        "RNG0105",
        "The depth is not one of VGG's",
        "'{0}': expected a depth of {1} for [Vgg], found {2}; write Depth = {3}, the nearest",
        "ResNetGen.Architecture",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0105.md");

    /// <summary>A value lies outside its range.</summary>
    public static readonly DiagnosticDescriptor ValueOutOfRange = new(
        "RNG0107",
        "A value is out of range",
        "'{0}': expected {1} {2}, found {3}; write {4}",
        "ResNetGen.Architecture",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0107.md");

    /// <summary>A squeeze to nothing.</summary>
    public static readonly DiagnosticDescriptor SqueezeWidthZero = new(
        "RNG0108",
        "Squeeze-and-excitation squeezes to nothing",
        "'{0}': the middle of '{1}' would have {2} / {3} = 0 channels: expected 1 or more; write [SqueezeExcitation({2})] or a smaller reduction",
        "ResNetGen.Architecture",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0108.md");

    /// <summary>An option changes nothing in this network.</summary>
    public static readonly DiagnosticDescriptor OptionWithoutMeaning = new(
        "RNG0110",
        "An option has no meaning for this network",
        "'{0}': {1} = {2} has no meaning for {3}, it needs {4}; leave {1} out",
        "ResNetGen.Architecture",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0110.md");

    /// <summary>Nothing says how deep the network is.</summary>
    public static readonly DiagnosticDescriptor DepthMissing = new(
        "RNG0111",
        "The depth is missing",
        "'{0}': expected a depth, found none; write Depth = {1}{2}",
        "ResNetGen.Architecture",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0111.md");

    /// <summary>Nothing says which blocks the stages count.</summary>
    public static readonly DiagnosticDescriptor BlockMissing = new(
        "RNG0112",
        "Stages need a block",
        "'{0}': expected Block beside Stages = {1}, found none; write Block = Basic ({2} weighted layers) or Block = Bottleneck ({3} weighted layers)",
        "ResNetGen.Architecture",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0112.md");
}
