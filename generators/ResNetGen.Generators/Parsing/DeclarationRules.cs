using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Parsing;

/// <summary>What is wrong with the declaration as C#: all of RNG00xx.</summary>
internal static class DeclarationRules
{
    /// <summary>
    /// The oldest C# that takes the generated code. C# 12, the C# of .NET 8, also is the first that takes <c>class ResNet20;</c>.
    /// </summary>
    public const LanguageVersion OldestLanguage = LanguageVersion.CSharp12;

    /// <summary>The oldest C# with partial properties, which a network of one's own is made of.</summary>
    public const LanguageVersion OldestForMembers = LanguageVersion.CSharp13;

    private const string ModuleType = "TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>";

    /// <summary>The mistakes, outermost first.</summary>
    public static IEnumerable<Finding> Check(Declaration declaration)
    {
        INamedTypeSymbol type = declaration.Type;
        foreach ((Family family, _) in declaration.OtherFamilies())
            yield return Find(Descriptors.TwoFamilies, Place.AttributeOf(family.Name), type.Name, declaration.Family.Name, family.Name) with
            {
                Further = [Place.WholeAttribute],
                Fixes = [Fix.Of(new Edit(EditKind.RemoveAttribute, family.Name)), Fix.Of(new Edit(EditKind.RemoveAttribute, declaration.Family.Name, At: 0))],
            };

        LanguageVersion oldest = declaration.Custom is null ? OldestLanguage : OldestForMembers;
        if (Language(declaration) is { } language && language < oldest)
            yield return Find(Descriptors.LanguageTooOld, Place.Identifier, type.Name, oldest.ToDisplayString(), language.ToDisplayString());

        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (LacksPartial(outer))
                yield return Find(Descriptors.ContainingTypeNotPartial, new(PlaceKind.ContainingType, outer.MetadataName),
                    outer.Name, type.Name, Header(outer, partial: true), Header(outer, partial: false)) with { Fixes = [AddPartial] };
        }

        if (WrongKind(type) is { } kind)
        {
            yield return Find(Descriptors.WrongKindOfType, new(PlaceKind.Kind), type.Name, kind, $"partial class {type.Name}") with
            {
                Fixes = type.IsStatic ? [Remove("static")] : type is { TypeKind: TypeKind.Class, IsRecord: false, IsAbstract: true } ? [Remove("abstract")] : [],
            };
            yield break;
        }
        if (LacksPartial(type))
            yield return Find(Descriptors.NotPartial, Place.Identifier, type.Name, Header(type, partial: true), Header(type, partial: false)) with { Fixes = [AddPartial] };
        if (FileLocalType(type) is { } local)
            yield return Find(Descriptors.FileLocal, Place.Identifier, type.Name, local.Name) with
            {
                Fixes = SymbolEqualityComparer.Default.Equals(local, type) ? [Remove("file")] : [],
            };
        if (type.BaseType is { TypeKind: not TypeKind.Error, SpecialType: not SpecialType.System_Object } wrong && !IsModule(wrong))
            yield return Find(Descriptors.WrongBaseClass, new(PlaceKind.BaseClass), type.Name, wrong.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)) with
            {
                Fixes = [Fix.Of(new Edit(EditKind.RemoveBaseClass))],
            };

        if (declaration.Custom is not null)
        {
            foreach (Finding finding in Branches(type, ""))
                yield return finding;
        }
    }

    /// <summary>Whether a second part can be added to the class at all; where not, nothing is emitted.</summary>
    public static bool CanEmit(Declaration declaration) =>
        declaration.Type.BaseType is not { TypeKind: TypeKind.Error }
        && Check(declaration).All(static finding => finding.Descriptor.Id == Descriptors.TwoFamilies.Id);

    /// <summary>A branch is generated into a second part as the network is.</summary>
    private static IEnumerable<Finding> Branches(INamedTypeSymbol outer, string path)
    {
        foreach (INamedTypeSymbol type in outer.GetTypeMembers().Where(CustomReader.IsBranch))
        {
            string name = path.Length == 0 ? type.Name : path + "." + type.Name;
            if (WrongKind(type) is { } kind)
            {
                yield return Find(Descriptors.WrongKindOfType, Place.MemberName(name), type.Name, kind, $"partial class {type.Name}");
                continue;
            }
            if (LacksPartial(type))
                yield return Find(Descriptors.NotPartial, Place.MemberName(name), type.Name, Header(type, partial: true), Header(type, partial: false)) with { Fixes = [AddPartial] };
            if (type.BaseType is { TypeKind: not TypeKind.Error, SpecialType: not SpecialType.System_Object } wrong && !IsModule(wrong))
                yield return Find(Descriptors.WrongBaseClass, Place.MemberName(name), type.Name, wrong.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
            foreach (Finding finding in Branches(type, name))
                yield return finding;
        }
    }

    private static Fix AddPartial => Fix.Of(new Edit(EditKind.AddModifier, "partial"));

    private static Fix Remove(string modifier) => Fix.Of(new Edit(EditKind.RemoveModifier, modifier));

    private static Finding Find(DiagnosticDescriptor descriptor, Place place, params string[] details) =>
        new(descriptor, place, details.ToEquatableArray());

    private static LanguageVersion? Language(Declaration declaration) =>
        (declaration.Attribute.ApplicationSyntaxReference?.SyntaxTree.Options as CSharpParseOptions)?.LanguageVersion;

    // Several parts of which some lack the modifier are the compiler's CS0260.
    private static bool LacksPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Length == 1
        && type.DeclaringSyntaxReferences[0].GetSyntax() is TypeDeclarationSyntax declaration
        && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static string? WrongKind(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "an interface",
        { IsRecord: true, TypeKind: TypeKind.Struct } => "a record struct",
        { IsRecord: true } => "a record",
        { TypeKind: TypeKind.Struct } => "a struct",
        { IsStatic: true } => "a static class",
        { IsAbstract: true } => "an abstract class",
        { TypeParameters.Length: > 0 } => "a generic class",
        _ => null,
    };

    private static INamedTypeSymbol? FileLocalType(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? each = type; each is not null; each = each.ContainingType)
        {
            if (each.IsFileLocal)
                return each;
        }
        return null;
    }

    private static bool IsModule(INamedTypeSymbol type) => type.ToDisplayString() == ModuleType;

    /// <summary>"public partial class Net", the way the user would write it.</summary>
    private static string Header(INamedTypeSymbol type, bool partial)
    {
        if (type.DeclaringSyntaxReferences[0].GetSyntax() is not TypeDeclarationSyntax declaration)
            return type.Name;
        IEnumerable<string> modifiers = declaration.Modifiers.Select(static modifier => modifier.ValueText);
        string name = declaration.Identifier.Text + declaration.TypeParameterList;
        return string.Join(" ", [.. modifiers, .. partial ? ["partial"] : Array.Empty<string>(), TypeKeyword.Of(type), name]);
    }
}
