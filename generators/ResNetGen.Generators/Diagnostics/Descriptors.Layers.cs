using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Diagnostics;

/// <content>Values and shapes of the layers of a network of one's own.</content>
internal static partial class Descriptors
{
    /// <summary>Groups do not divide channels.</summary>
    public static readonly DiagnosticDescriptor GroupsDoNotDivide = Layer(
        "RNG0106",
        "The groups of a convolution do not divide its channels",
        "'{0}': {1}: expected groups that divide {3} input and {4} output channels, found {2}; write Groups = {5}");

    /// <summary>Nothing says how large the images are.</summary>
    public static readonly DiagnosticDescriptor InputSizeMissing = Layer(
        "RNG0113",
        "The size of the images is missing",
        "'{0}': expected the {1} of the images in pixels, found none; write {1} = 224, or whatever they have");

    /// <summary>Branch and shortcut do not meet.</summary>
    public static readonly DiagnosticDescriptor BranchContradictsShortcut = Shapes(
        "RNG0202",
        "A branch and its shortcut have different shapes",
        "'{0}': {1}: expected branch and shortcut of one shape, found a branch of {2} and {4} of {3}; {5}");

    /// <summary>The identity cannot change channels.</summary>
    public static readonly DiagnosticDescriptor IdentityChangesChannels = Shapes(
        "RNG0203",
        "An identity shortcut cannot change the channels",
        "'{0}': {1}: expected a branch that keeps the {2} channels of its input beside an identity shortcut, found {3}; write Shortcut = {4}");

    /// <summary>A sum of different shapes.</summary>
    public static readonly DiagnosticDescriptor SummandsDiffer = Shapes(
        "RNG0205",
        "A sum needs equal shapes",
        "'{0}': {1}: expected equal shapes to add (nothing is broadcast), found '{2}' of {3} and '{4}' of {5}; " +
            "bring one to the other's shape with a convolution, or write Merge.Concat");

    /// <summary>A stack of different sides.</summary>
    public static readonly DiagnosticDescriptor StackedMapsDiffer = Shapes(
        "RNG0206",
        "A stack needs equal heights and widths",
        "'{0}': {1}: expected equal heights and widths to stack, found '{2}' of {3} and '{4}' of {5}; " +
            "bring one to the other's size by its stride or with a pooling");

    /// <summary>A feature map reaches a linear layer.</summary>
    public static readonly DiagnosticDescriptor LinearTakesVectors = Shapes(
        "RNG0208",
        "A linear layer takes a vector",
        "'{0}': {1}: expected a vector, found a feature map of {2}; insert [GlobalAvgPool], which gives the mean of each channel, " +
            "or [Flatten], which gives all {3} numbers");

    /// <summary>Edges that lead nowhere, or in a circle.</summary>
    public static readonly DiagnosticDescriptor WrongEdge = Shapes(
        "RNG0209",
        "The layers are no graph from the input to the output",
        "'{0}': {1}: expected {2}, found {3}; {4}");

    /// <summary>A vector reaches a layer of maps.</summary>
    public static readonly DiagnosticDescriptor LayerTakesMaps = Shapes(
        "RNG0210",
        "A layer of feature maps is given a vector",
        "'{0}': {1}: [{2}] takes a feature map of channels, height and width: expected one, found a vector of {3}; " +
            "move it before the layer that makes vectors");

    /// <summary>A repeated branch changes the shape.</summary>
    public static readonly DiagnosticDescriptor RepeatChangesShape = Shapes(
        "RNG0211",
        "A repeated branch must keep the shape",
        "'{0}': {1}: expected a branch that keeps the shape, because it is repeated {2} times, found {3} -> {4}; " +
            "give the change of shape a residual of its own before this one");

    /// <summary>A tap inside a branch.</summary>
    public static readonly DiagnosticDescriptor TapInBranch = Shapes(
        "RNG0213",
        "A tap must be a layer of the network itself",
        "'{0}': {1}: expected [Tap] on a layer of the network itself, found it in a branch, whose residuals may stand in several places; " +
            "remove it, and tap the residual");

    /// <summary>The output and the classes contradict each other.</summary>
    public static readonly DiagnosticDescriptor HeadContradictsClasses = new(
        "RNG0301",
        "The head does not fit the classes",
        "'{0}': {1}: expected {3} outputs, one a class, found {2}; {4}",
        "ResNetGen.Data",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0301.md");

    /// <summary>A network cannot be used as a part of this one.</summary>
    public static readonly DiagnosticDescriptor BackboneUnusable = new(
        "RNG0306",
        "A network cannot be used so",
        "'{0}': {1}; {2}",
        "ResNetGen.Data",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0306.md");

    private static DiagnosticDescriptor Layer(string id, string title, string message) =>
        new(id, title, message, "ResNetGen.Architecture", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + id + ".md");

    private static DiagnosticDescriptor Shapes(string id, string title, string message) =>
        new(id, title, message, "ResNetGen.Shapes", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + id + ".md");
}
