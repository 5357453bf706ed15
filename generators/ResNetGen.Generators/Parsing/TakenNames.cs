using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Emission;

namespace ResNetGen.Generators.Parsing;

/// <summary>
/// Finds the names that generated code cannot use as it would like to: where the user has a <c>Linear</c> in scope or
/// a nested <c>BasicBlock</c>, that one would be meant.
/// </summary>
internal static class TakenNames
{
    private static readonly SymbolDisplayFormat FullName =
        new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>The taken names in ordinal order.</summary>
    public static EquatableArray<string> Of(INamedTypeSymbol type, SyntaxNode declaration, SemanticModel semantics)
    {
        // The user's file may import more than the generated one: then a name is written in full without need.
        bool MeansAnother(string name, string meaning) => semantics
            .LookupNamespacesAndTypes(declaration.SpanStart, name: name)
            .Any(found => found.ToDisplayString(FullName) != meaning);

        return Names.Used.Where(name => IsMember(type, name.Key) || MeansAnother(name.Key, name.Value))
            .Select(name => name.Key)
            .Concat(Names.Declared.Where(name => IsMember(type, name)))
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToEquatableArray();
    }

    private static bool IsMember(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.Name == name || outer.TypeParameters.Any(parameter => parameter.Name == name))
                return true;

            for (INamedTypeSymbol? declaring = outer; declaring is not null; declaring = declaring.BaseType)
                if (!declaring.GetMembers(name).IsEmpty)
                    return true;
        }

        return false;
    }
}
