using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ResNetGen.Generators.Emission;
using ResNetGen.Generators.Models;
using ResNetGen.Generators.Parsing;

namespace ResNetGen.Generators;

/// <summary>
/// Turns an attributed partial class into a network: attribute → <see cref="NetworkModel"/> → C#, one file a class.
/// It reports nothing: <see cref="Diagnostics.NetworkAnalyzer"/> runs the same parse and reports while the user types.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
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

    /// <summary>The name under which tests find the models of a family.</summary>
    internal static string StepName(Family family) => family.Name + " models";

    private static string Print(NetworkModel network) =>
        network.Errors.Count == 0 ? NetworkEmitter.Emit(network) : StubEmitter.Emit(network);
}
