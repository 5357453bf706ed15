using ResNetGen.Architecture;

namespace ResNetGen.Generators.Parsing;

/// <summary>
/// What is to be said of a network that can be generated: limits that it breaks, weights that do not fit it, and where it leaves
/// the papers. Only the analyzer asks: none of it changes what is generated.
/// </summary>
internal static class Remarks
{
    /// <summary>The remarks, in the order of their ids.</summary>
    public static IReadOnlyList<Finding> Of(Declaration declaration)
    {
        NetworkArchitecture network = declaration.Spec.Build();
        return
        [
            .. OddMapRules.Check(network),
            .. PretrainedRules.Check(declaration, network),
            .. BudgetRules.Check(declaration, network),
            .. FidelityRules.Check(network),
            NetworkFacts.Of(network),
        ];
    }
}
