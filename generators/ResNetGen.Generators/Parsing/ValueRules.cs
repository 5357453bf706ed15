using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;

namespace ResNetGen.Generators.Parsing;

/// <summary>What is wrong with the values of the arguments. The rules themselves are the Architecture's.</summary>
internal static class ValueRules
{
    /// <summary>Properties that the attribute has and the family does not, and attributes beside it that change nothing in the family.</summary>
    public static IEnumerable<Finding> OfOptions(Declaration declaration)
    {
        foreach (string option in declaration.Family.NotForThisFamily)
        {
            if (declaration.Values.Has(option))
            {
                Problem problem = new(ProblemKind.OptionWithoutMeaning, option,
                    [option, declaration.Values.Text(option), "a network without shortcuts", Counterpart(declaration.Family)]);
                yield return ProblemWording.Word(declaration.Spec, problem);
            }
        }
        foreach (Finding modifier in Modifiers.WithoutMeaning(declaration))
            yield return modifier;
    }

    /// <summary>The specification's mistakes, in the order the architecture finds them.</summary>
    public static IEnumerable<Finding> OfSpec(NetworkSpec spec) =>
        spec.Validate().Select(problem => ProblemWording.Word(spec, problem));

    private static string Counterpart(Family plain) => $"[{plain.Name.Replace("Plain", "Res")}]";
}
