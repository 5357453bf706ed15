using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Parsing;

/// <summary>The name of the file that is generated for a class: its fully qualified metadata name.</summary>
internal static class HintName
{
    /// <summary><c>Sample.Outer+ResNet20.g.cs</c>.</summary>
    public static string Of(INamedTypeSymbol type)
    {
        string name = type.MetadataName;
        bool ambiguous = HasTwin(type);
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = outer.MetadataName + "+" + name;
            ambiguous |= HasTwin(outer);
        }
        for (INamespaceSymbol space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            name = space.Name + "." + name;
            ambiguous |= HasTwin(space);
        }
        return ambiguous ? $"{name}-{Hash(name)}.g.cs" : name + ".g.cs";
    }

    // The compiler holds hint names apart without regard to case, as file systems do; C# does not. A class or namespace
    // beside this one whose name differs in case only makes a hash necessary, which is rare enough to keep names plain.
    private static bool HasTwin(INamespaceOrTypeSymbol symbol)
    {
        INamespaceOrTypeSymbol around = (INamespaceOrTypeSymbol?)symbol.ContainingType ?? symbol.ContainingNamespace;
        foreach (ISymbol sibling in symbol is INamespaceSymbol ? ((INamespaceSymbol)around).GetNamespaceMembers() : (IEnumerable<ISymbol>)around.GetTypeMembers())
        {
            if (string.Equals(sibling.MetadataName, symbol.MetadataName, StringComparison.OrdinalIgnoreCase)
                && !string.Equals(sibling.MetadataName, symbol.MetadataName, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static string Hash(string name)
    {
        uint hash = 2166136261;
        foreach (char c in name)
            hash = unchecked((hash ^ c) * 16777619);
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
