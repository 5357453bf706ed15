using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ResNetGen.Architecture;
using ResNetGen.Generators.Fixes;
using ResNetGen.Generators.Parsing;

namespace ResNetGen.Generators.Diagnostics;

/// <summary>
/// Holds the network against the dataset wherever both are type arguments side by side, written as in
/// <c>Trainer.Fit&lt;ResNet20, Cifar10&gt;(…)</c>, or found by the compiler. Both may live in a referenced assembly.
/// </summary>
/// <remarks>
/// It knows a network by the constraint <c>INetwork&lt;TSelf&gt;</c> and a dataset by <c>IImageDataset&lt;TSelf&gt;</c>, so that
/// a helper of the user's own with the same constraints is checked as well.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DatasetAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.DatasetMismatch];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Written, SyntaxKind.GenericName);
        context.RegisterSyntaxNodeAction(Inferred, SyntaxKind.InvocationExpression);
    }

    private static void Written(SyntaxNodeAnalysisContext context)
    {
        GenericNameSyntax name = (GenericNameSyntax)context.Node;
        SeparatedSyntaxList<TypeSyntax> written = name.TypeArgumentList.Arguments;
        if (written.Count < 2)
            return;
        (ImmutableArray<ITypeParameterSymbol> parameters, ImmutableArray<ITypeSymbol> arguments) =
            context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol switch
            {
                IMethodSymbol method => (method.TypeParameters, method.TypeArguments),
                INamedTypeSymbol type => (type.TypeParameters, type.TypeArguments),
                _ => ([], []),
            };
        if (parameters.Length == written.Count)
            Compare(context, parameters, arguments, dataset => written[dataset]);
    }

    /// <summary>A call whose type arguments the compiler found itself: the squiggle goes to the argument that gave the dataset.</summary>
    private static void Inferred(SyntaxNodeAnalysisContext context)
    {
        InvocationExpressionSyntax call = (InvocationExpressionSyntax)context.Node;
        SyntaxNode name = call.Expression is MemberAccessExpressionSyntax member ? member.Name : call.Expression;
        if (name is IdentifierNameSyntax
            && context.SemanticModel.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol { TypeParameters.Length: > 1 } method)
        {
            Compare(context, method.TypeParameters, method.TypeArguments, dataset => ArgumentOf(call, method, dataset) ?? name);
        }
    }

    private static SyntaxNode? ArgumentOf(InvocationExpressionSyntax call, IMethodSymbol method, int typeParameter)
    {
        for (int i = 0; i < method.Parameters.Length && i < call.ArgumentList.Arguments.Count; i++)
        {
            // As it was declared, before the type arguments were put in. An extension method called on its receiver is reduced.
            ITypeSymbol declared = method.OriginalDefinition.Parameters[i].Type;
            if (declared is ITypeParameterSymbol parameter && parameter.Ordinal == typeParameter)
                return call.ArgumentList.Arguments[i].Expression;
        }
        return null;
    }

    private static void Compare(
        SyntaxNodeAnalysisContext context, ImmutableArray<ITypeParameterSymbol> parameters, ImmutableArray<ITypeSymbol> arguments, Func<int, SyntaxNode> place)
    {
        int network = Constrained(parameters, "INetwork");
        int dataset = Constrained(parameters, "IImageDataset");
        if (network >= 0 && dataset >= 0
            && arguments[network] is INamedTypeSymbol networkType
            && arguments[dataset] is INamedTypeSymbol datasetType)
        {
            Compare(context, place(dataset), networkType, datasetType);
        }
    }

    private static int Constrained(ImmutableArray<ITypeParameterSymbol> parameters, string constraint)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].ConstraintTypes.Any(type => type.Name == constraint && IsOurs(type)))
                return i;
        }
        return -1;
    }

    private static bool IsOurs(ITypeSymbol type)
    {
        INamespaceSymbol space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space.Name == "ResNetGen";
    }

    private static void Compare(SyntaxNodeAnalysisContext context, SyntaxNode place, INamedTypeSymbol network, INamedTypeSymbol dataset)
    {
        if (Images(dataset) is not var (given, classes)
            || Declaration.Read(network) is not { } declaration
            || declaration.IsBroken
            || declaration.Findings().Count > 0) // reported where it is declared
        {
            return;
        }

        NetworkSpec spec = declaration.Spec;
        if (given == spec.Input && classes == spec.ClassCount)
            return;

        List<(string Property, int Value)> corrections = [];
        Correct(corrections, "Channels", spec.Input.Channels, given.Channels);
        Correct(corrections, "Height", spec.Input.Height, given.Height);
        Correct(corrections, "Width", spec.Input.Width, given.Width);
        Correct(corrections, "Classes", spec.ClassCount, classes);
        Location[] declared = declaration.Attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation() is { } there
            ? [there]
            : [];
        // The network is changed where it is declared, which may be another file; one of another assembly cannot be.
        EquatableArray<Fix> fixes = declared.Length > 0
            ? [Fix.Of([.. corrections.Select(static each => Edit.Set(each.Property, Text(each.Value), at: 0))])]
            : [];
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.DatasetMismatch,
            place.GetLocation(),
            declared,
            Fix.Write(fixes),
            network.Name,
            spec.Input.ToString(),
            Text(spec.ClassCount),
            dataset.Name,
            given.ToString(),
            Text(classes),
            string.Join(", ", corrections.Select(static each => $"{each.Property} = {Text(each.Value)}"))));
    }

    /// <summary>What <c>[ImageDataset(channels, height, width, classes)]</c> says.</summary>
    private static (Shape Shape, int Classes)? Images(INamedTypeSymbol dataset)
    {
        foreach (AttributeData attribute in dataset.GetAttributes())
        {
            if (attribute.AttributeClass is not { Name: "ImageDatasetAttribute" } type || !IsOurs(type))
                continue;
            int[] values = [.. attribute.ConstructorArguments.Select(static argument => argument.Value).OfType<int>()];
            return values.Length == 4 ? (new Shape(values[0], values[1], values[2]), values[3]) : null;
        }
        return null;
    }

    private static void Correct(List<(string Property, int Value)> corrections, string property, int network, int dataset)
    {
        if (network != dataset)
            corrections.Add((property, dataset));
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
