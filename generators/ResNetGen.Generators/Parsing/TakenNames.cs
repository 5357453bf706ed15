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
    /// <summary>The taken names in ordinal order.</summary>
    public static EquatableArray<string> Of(INamedTypeSymbol type, SyntaxNode declaration, SemanticModel semantics)
    {
        // The user's file may import more than the generated one: then a name is written in full without need.
        ISet<string> inScope = ScopeNames.Of(type, declaration, semantics, MeanAnother);
        return Names.Used.Select(name => name.Key)
            .Where(name => inScope.Contains(name) || IsMember(type, name))
            .Concat(Names.Declared.Where(name => IsMember(type, name)))
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToEquatableArray();
    }

    private static IEnumerable<string> MeanAnother(SyntaxNode declaration, SemanticModel semantics) => Names.Used
        .Where(name => semantics.LookupNamespacesAndTypes(declaration.SpanStart, name: name.Key).Any(found => !Is(found, name.Value)))
        .Select(name => name.Key);

    /// <summary>Whether a symbol has this full name; a string is not made of it, for there are dozens a network at every change.</summary>
    private static bool Is(ISymbol symbol, string fullName)
    {
        int end = fullName.Length;
        for (ISymbol? each = symbol; each is not null and not INamespaceSymbol { IsGlobalNamespace: true }; each = each.ContainingSymbol)
        {
            int start = end - each.Name.Length;
            if (start < 0 || string.CompareOrdinal(fullName, start, each.Name, 0, each.Name.Length) != 0 || (start > 0 && fullName[start - 1] != '.'))
                return false;
            end = start - 1;
        }
        return end == -1;
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
