using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResNetGen.Generators.Diagnostics;

/// <summary>Finds a member of a network, or of a branch nested in it, and the parts of its declaration.</summary>
internal static class MemberPlaces
{
    /// <summary>The member at a path of names from the class inwards: <c>Stem</c>, <c>Down.A</c>; null where there is none.</summary>
    public static ISymbol? Find(INamedTypeSymbol type, string path)
    {
        int dot = path.IndexOf('.');
        if (dot >= 0)
        {
            INamedTypeSymbol? branch = type.GetTypeMembers(path.Substring(0, dot)).FirstOrDefault();
            return branch is null ? null : Find(branch, path.Substring(dot + 1));
        }
        // The user's declaration counts, not the generated half of a partial property.
        return type.GetMembers(path).FirstOrDefault(static each => !each.IsImplicitlyDeclared);
    }

    /// <summary>The name in a member's declaration.</summary>
    public static Location? Name(INamedTypeSymbol type, string path, CancellationToken cancellation) =>
        Syntax(type, path, cancellation) switch
        {
            PropertyDeclarationSyntax property => property.Identifier.GetLocation(),
            VariableDeclaratorSyntax field => field.Identifier.GetLocation(),
            MethodDeclarationSyntax method => method.Identifier.GetLocation(),
            TypeDeclarationSyntax branch => branch.Identifier.GetLocation(),
            var other => other?.GetLocation(),
        };

    /// <summary>The type in a member's declaration, or its name where it has no type.</summary>
    public static Location? Type(INamedTypeSymbol type, string path, CancellationToken cancellation) =>
        Syntax(type, path, cancellation) switch
        {
            PropertyDeclarationSyntax property => property.Type.GetLocation(),
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax field } => field.Type.GetLocation(),
            MethodDeclarationSyntax method => method.ReturnType.GetLocation(),
            _ => Name(type, path, cancellation),
        };

    private static SyntaxNode? Syntax(INamedTypeSymbol type, string path, CancellationToken cancellation) =>
        Find(type, path)?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
}
