using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ResNetGen.Package.Tests;

/// <summary>
/// What an assembly shows to those who reference it, one member a line, in the form of Microsoft.CodeAnalysis.PublicApiAnalyzers'
/// PublicAPI.Shipped.txt, so that those can take over wherever they can be restored.
/// </summary>
internal static class PublicApi
{
    private static readonly SymbolDisplayFormat Format = new(
        SymbolDisplayGlobalNamespaceStyle.OmittedAsContaining,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeExplicitInterface
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef,
        SymbolDisplayDelegateStyle.NameAndSignature,
        SymbolDisplayExtensionMethodStyle.StaticMethod,
        SymbolDisplayParameterOptions.IncludeExtensionThis | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue,
        SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        SymbolDisplayLocalOptions.None,
        SymbolDisplayKindOptions.None,
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.IncludeNotNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The members of an assembly in ordinal order.</summary>
    /// <param name="assembly">The assembly's bytes.</param>
    /// <param name="others">Assemblies that its members name.</param>
    public static string[] List(byte[] assembly, IEnumerable<byte[]> others)
    {
        PortableExecutableReference subject = MetadataReference.CreateFromImage(assembly);
        IEnumerable<MetadataReference> framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path));
        CSharpCompilation compilation = CSharpCompilation.Create("reader")
            .AddReferences([subject, .. others.Select(static image => MetadataReference.CreateFromImage(image)), .. framework]);
        IAssemblySymbol symbol = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(subject)!;

        List<string> lines = [];
        Add(symbol.GlobalNamespace, lines);
        lines.Sort(StringComparer.Ordinal);
        return [.. lines];
    }

    private static void Add(INamespaceOrTypeSymbol container, List<string> lines)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is INamespaceSymbol space)
                Add(space, lines);
            else if (IsShown(member))
            {
                lines.Add(Line(member));
                if (member is INamedTypeSymbol type)
                    Add(type, lines);
            }
        }
    }

    /// <summary>Whether code outside can name it. What comes with a property, an event, an enum or a delegate is not listed beside it.</summary>
    private static bool IsShown(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && !(member.DeclaredAccessibility != Accessibility.Public && member.ContainingType?.IsSealed == true)
        && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove }
        && member.ContainingType?.TypeKind != TypeKind.Delegate
        && !(member is IMethodSymbol { MethodKind: MethodKind.Constructor } && member.ContainingType!.TypeKind is TypeKind.Enum)
        && member.CanBeReferencedByNameOrIsOperator();

    private static bool CanBeReferencedByNameOrIsOperator(this ISymbol member) =>
        member.CanBeReferencedByName
        || member is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.UserDefinedOperator or MethodKind.Conversion }
        || member is IPropertySymbol { IsIndexer: true };

    private static string Line(ISymbol member)
    {
        string text = member.ToDisplayString(Format);
        ITypeSymbol? result = member switch
        {
            IMethodSymbol method => method.ReturnType,
            IPropertySymbol property => property.Type,
            IEventSymbol @event => @event.Type,
            IFieldSymbol field => field.Type,
            _ => null,
        };
        return result is null ? text : $"{text} -> {result.ToDisplayString(Format)}";
    }
}
