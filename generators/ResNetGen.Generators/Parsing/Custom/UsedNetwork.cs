using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Parsing;

/// <summary>
/// The network that <c>[Use]</c> takes. Nothing of what is generated for it exists while this one is generated, so it is read
/// from its own attributes, in this project or in a referenced assembly.
/// </summary>
internal static class UsedNetwork
{
    /// <summary>The layer, or null with a mistake noted.</summary>
    public static UseSpec? Read(CustomReader user, string id, AttributeData attribute, AttributeValues values, INamedTypeSymbol type)
    {
        if (user.Users.Append(user.Network).Contains(type, SymbolEqualityComparer.Default))
        {
            user.Close(type);
            user.Add(MemberRules.UsesItself(id, type.Name));
            return null;
        }

        if (Declaration.Read(type, [.. user.Users, user.Network]) is not { } declaration)
        {
            user.Add(MemberRules.NotANetwork(id, type.Name));
            return null;
        }

        if (declaration.Custom?.Circle is { } circle)
        {
            user.Close(circle);
            if (SymbolEqualityComparer.Default.Equals(circle, user.Network))
            {
                user.Add(MemberRules.UsesItself(id, type.Name));
                return null;
            }
        }

        // What is wrong with the other network is said where it is declared.
        if (declaration.IsBroken || declaration.Findings().Any(static each => each.Descriptor.DefaultSeverity == DiagnosticSeverity.Error))
        {
            user.Break();
            return null;
        }

        if (HidesLayers(type, declaration.Spec))
        {
            user.Add(MemberRules.HidesLayers(id, type.Name));
            return null;
        }

        (string? until, bool isKnown) = Until(attribute, values, type);
        if (!isKnown)
            user.Break();
        return new UseSpec(declaration.Spec) { Until = until };
    }

    // The members of a referenced assembly that are not public cannot be seen from here.
    private static bool HidesLayers(INamedTypeSymbol type, NetworkSpec spec) =>
        type.Locations.All(static each => each.IsInMetadata)
        && type.GetMembers("ParameterCount").OfType<IFieldSymbol>().FirstOrDefault() is { HasConstantValue: true, ConstantValue: long count }
        && count != spec.Build().ParameterCount;

    // nameof(ResNet101.Layer3) is an error until Layer3 is generated, and has its value nevertheless. Once the other network is
    // generated, an error is a misspelling, which the compiler reports.
    private static (string? Name, bool IsKnown) Until(AttributeData attribute, AttributeValues values, INamedTypeSymbol type)
    {
        ExpressionSyntax? written = (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(static each => each.NameEquals?.Name.Identifier.ValueText == "Until")?.Expression;
        if (written is not InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments: { Count: 1 } named })
            return (values.String("Until"), !values.RefusedByCompiler);

        string name = LastName(named[0].Expression);
        return (name, type.GetMembers("Architecture").IsEmpty || !type.GetMembers(name).IsEmpty);
    }

    private static string LastName(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => expression.ToString(),
    };
}
