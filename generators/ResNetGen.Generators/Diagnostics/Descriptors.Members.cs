using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Diagnostics;

/// <content>0007 and up: how the members of a network of one's own are declared in C#.</content>
internal static partial class Descriptors
{
    /// <summary>Layers stand in several parts of a class.</summary>
    public static readonly DiagnosticDescriptor LayersSplit = Usage(
        "RNG0007",
        "The order of the layers is undefined",
        "'{0}': C# knows no order between the parts of a partial class: expected all layers in the part that declares '{1}', " +
            "found '{2}' in another; move it there");

    /// <summary>A member has two layers.</summary>
    public static readonly DiagnosticDescriptor TwoLayers = Usage(
        "RNG0008",
        "A member must be one layer",
        "'{0}': C# knows no order between attributes: expected one layer a property, found {1} and {2} on '{3}'; " +
            "declare a second property, or take a joined layer such as [ConvBatchNormReLU]");

    /// <summary>A member cannot hold its layer.</summary>
    public static readonly DiagnosticDescriptor WrongMember = Usage(
        "RNG0009",
        "A layer must be a get-only partial property of its type",
        "'{0}': expected a get-only partial property of type {1}, found {2}; write 'public partial {1} {3} {{ get; }}'");

    /// <summary>A member has a name that generated code needs.</summary>
    public static readonly DiagnosticDescriptor ReservedName = Usage(
        "RNG0010",
        "The name of a layer is taken",
        "'{0}': expected a name that the generated part does not use, found '{1}'; give the property another name");

    /// <summary>Two properties have one key.</summary>
    public static readonly DiagnosticDescriptor KeyTaken = Usage(
        "RNG0013",
        "Two layers have the same key",
        "'{0}': expected keys of the state_dict that differ, found '{2}' for '{1}' as well as for '{3}'; give the property another name");

    /// <summary>The type argument of a residual is no branch.</summary>
    public static readonly DiagnosticDescriptor NotABranch = Usage(
        "RNG0014",
        "A residual must be of a branch of its network",
        "'{0}': expected a class with [Branch], nested in '{1}', found '{2}'; declare the branch as a partial class in '{1}' with [Branch] on it");

    /// <summary>A class has no layers.</summary>
    public static readonly DiagnosticDescriptor NoLayers = Usage(
        "RNG0015",
        "A network needs layers",
        "'{0}': expected one partial property a layer in '{1}', found none; declare one, for example '[Conv(64)] public partial Conv2d Stem {{ get; }}'");

    private static DiagnosticDescriptor Usage(string id, string title, string message) =>
        new(id, title, message, "ResNetGen.Usage", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + id + ".md");
}
