using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResNetGen.Generators.Parsing;

/// <summary>
/// Looks names up once for all classes that see the same ones: those of one namespace whose files have the same using
/// directives. An edit brings a new compilation, in which a thousand classes would otherwise look up dozens of names each.
/// </summary>
internal static class ScopeNames
{
    // Goes with the compilation: nothing outlives it.
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<string, ISet<string>>> s_known = new();

    /// <summary>What a lookup at the place of a class gives.</summary>
    /// <param name="type">The class.</param>
    /// <param name="declaration">The part of it that is looked from.</param>
    /// <param name="semantics">The file's meaning.</param>
    /// <param name="lookUp">The lookup itself.</param>
    public static ISet<string> Of(
        INamedTypeSymbol type, SyntaxNode declaration, SemanticModel semantics, Func<SyntaxNode, SemanticModel, IEnumerable<string>> lookUp)
    {
        // Inside a type its members count too.
        if (type.ContainingType is not null)
            return new HashSet<string>(lookUp(declaration, semantics), StringComparer.Ordinal);

        ConcurrentDictionary<string, ISet<string>> known = s_known.GetValue(semantics.Compilation, _ => new(StringComparer.Ordinal));
        string scope = Scope(type, declaration);
        return known.TryGetValue(scope, out ISet<string>? names)
            ? names
            : known[scope] = new HashSet<string>(lookUp(declaration, semantics), StringComparer.Ordinal);
    }

    private static string Scope(INamedTypeSymbol type, SyntaxNode declaration)
    {
        var text = new StringBuilder(type.ContainingNamespace.ToDisplayString());
        for (SyntaxNode? node = declaration.Parent; node is not null; node = node.Parent)
        {
            (SyntaxList<UsingDirectiveSyntax> usings, SyntaxList<ExternAliasDirectiveSyntax> aliases) = node switch
            {
                BaseNamespaceDeclarationSyntax space => (space.Usings, space.Externs),
                CompilationUnitSyntax unit => (unit.Usings, unit.Externs),
                _ => default,
            };
            // A level that ends is part of the scope: a using within a namespace is another than one before it.
            text.Append('\n');
            foreach (UsingDirectiveSyntax each in usings)
                text.Append(each.ToString());
            foreach (ExternAliasDirectiveSyntax each in aliases)
                text.Append(each.ToString());
        }

        return text.ToString();
    }
}
