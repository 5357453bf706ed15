using System.Globalization;
using System.Runtime.CompilerServices;
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
        return Twins.GetValue(around, static around => new TwinNames(around)).Contain(symbol);
    }

    // A thousand networks in one namespace must not each look at a thousand neighbours. Goes with the compilation.
    private static readonly ConditionalWeakTable<INamespaceOrTypeSymbol, TwinNames> Twins = new();

    /// <summary>The names among the members of a namespace or type that another one has in another case; holds no symbol.</summary>
    private sealed class TwinNames(INamespaceOrTypeSymbol around)
    {
        private readonly HashSet<string> types = Of(around.GetTypeMembers());
        private readonly HashSet<string> namespaces = Of(around is INamespaceSymbol space ? space.GetNamespaceMembers() : []);

        public bool Contain(INamespaceOrTypeSymbol symbol) => (symbol is INamespaceSymbol ? namespaces : types).Contains(symbol.MetadataName);

        private static HashSet<string> Of(IEnumerable<INamespaceOrTypeSymbol> members)
        {
            HashSet<string> spellings = new(members.Select(static member => member.MetadataName), StringComparer.Ordinal);
            return new(spellings
                .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
                .Where(static group => group.Skip(1).Any())
                .SelectMany(static group => group), StringComparer.Ordinal);
        }
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
