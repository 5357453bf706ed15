using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Diagnostics;

/// <content>0001 and up: how the class is declared in C#.</content>
internal static partial class Descriptors
{
    /// <summary>The class is not partial.</summary>
    public static readonly DiagnosticDescriptor NotPartial = new(
        "RNG0001",
        "A network must be partial",
        "'{0}' must be partial, because its layers are generated into a second part of it: " +
            "expected '{1}', found '{2}'; add 'partial'",
        "ResNetGen.Usage",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0001.md");

    /// <summary>A type around the class is not partial.</summary>
    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = new(
        "RNG0002",
        "A type around a network must be partial",
        "'{0}' must be partial, because the network '{1}' inside it is generated into a second part of it: " +
            "expected '{2}', found '{3}'; add 'partial'",
        "ResNetGen.Usage",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0002.md");

    /// <summary>The attribute sits on something a module cannot be.</summary>
    public static readonly DiagnosticDescriptor WrongKindOfType = new(
        "RNG0003",
        "A network must be an ordinary class",
        "'{0}' must be a non-static, non-abstract, non-generic class that is no record: found {1}; write '{2}'",
        "ResNetGen.Usage",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0003.md");

    /// <summary>The class names a base class of its own.</summary>
    public static readonly DiagnosticDescriptor WrongBaseClass = new(
        "RNG0004",
        "A network must not have a base class of its own",
        "'{0}' gets its base class from the generator: expected none or 'torch.nn.Module<Tensor, Tensor>', found '{1}'; " +
            "leave the base class out",
        "ResNetGen.Usage",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0004.md");

    /// <summary>The class is visible in its file only.</summary>
    public static readonly DiagnosticDescriptor FileLocal = new(
        "RNG0005",
        "A network must not be file-local",
        "'{0}' must be visible outside its file, because its layers are generated into another one: found '{1}' with the modifier 'file'; " +
            "remove 'file'",
        "ResNetGen.Usage",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0005.md");

    /// <summary>The class carries two families' attributes.</summary>
    public static readonly DiagnosticDescriptor TwoFamilies = new(
        "RNG0006",
        "A network must belong to one family",
        "'{0}' already is a [{1}] network: expected one family attribute, found [{2}] as well; remove one of the two",
        "ResNetGen.Usage",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0006.md");

    /// <summary>The project is compiled as too old a C#.</summary>
    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        "RNG0011",
        "The C# language version is too old",
        "'{0}' needs C# {1} or later for its generated code, found C# {2}; write <LangVersion>{1}</LangVersion> in the project file, or leave LangVersion out",
        "ResNetGen.Usage",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0011.md");

    /// <summary>An attribute beside a family's, without the family's.</summary>
    public static readonly DiagnosticDescriptor ModifierWithoutNetwork = new(
        "RNG0016",
        "An attribute of a network on a class that is none",
        "'{0}' is no network: expected a family's attribute, such as [ResNet], beside [{1}], found none; write one, or leave [{1}] out",
        "ResNetGen.Usage",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "RNG0016.md");
}
