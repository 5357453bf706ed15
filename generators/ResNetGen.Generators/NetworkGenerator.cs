using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ResNetGen.Generators.Diagnostics;
using ResNetGen.Generators.Emission;
using ResNetGen.Generators.Models;
using ResNetGen.Generators.Parsing;

namespace ResNetGen.Generators;

/// <summary>
/// Turns an attributed partial class into a network: attribute → <see cref="NetworkModel"/> → C#, one file a class.
/// <see cref="Diagnostics.NetworkAnalyzer"/> runs the same parse and reports while the user types; the generator itself says only what
/// would otherwise not be heard (<see cref="Refusals"/>).
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Refuse(context);
        foreach (Family family in Family.All)
        {
            // 1. Symbols to values. What cannot be emitted at all (a struct, a class that is not partial) ends here.
            IncrementalValuesProvider<ReadNetwork> read = context.SyntaxProvider
                .ForAttributeWithMetadataName(
                    family.MetadataName,
                    static (node, _) => node is TypeDeclarationSyntax,
                    (target, cancellation) => NetworkParser.Read(target, family, cancellation))
                .Where(static network => network is not null)
                .Select(static (network, _) => network!);

            // 2. Values to models. Shapes are looked at again only where something else was written.
            IncrementalValuesProvider<NetworkModel> networks = read
                .Select(static (network, _) => NetworkParser.Check(network))
                .WithTrackingName(StepName(family));

            // 3. Models to text. A model that is equal to the last one is not printed again.
            context.RegisterSourceOutput(networks, static (output, network) =>
                output.AddSource(network.HintName, Print(network)));
        }
    }

    // What keeps a network of one's own from having a second part.
    private static void Refuse(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Refusal> refusals = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Family.All[0].MetadataName,
                static (node, _) => node is TypeDeclarationSyntax,
                static (target, cancellation) => Refusals.Of(target, cancellation))
            .SelectMany(static (refusals, _) => refusals);
        context.RegisterSourceOutput(refusals, static (output, refusal) =>
            output.ReportDiagnostic(refusal.Report(Descriptors.All.First(descriptor => descriptor.Id == refusal.Id))));
    }

    /// <summary>The name under which tests find the models of a family.</summary>
    internal static string StepName(Family family) => family.Name + " models";

    private static string Print(NetworkModel network) =>
        network.Errors.Count == 0 ? NetworkEmitter.Emit(network) : StubEmitter.Emit(network);
}
