using ResNetGen.Training;

namespace ResNetGen.Samples.IdentityMappings;

/// <summary>What is trained: the shortcuts of table 1 and the units of table 2, of 110 layers as in the paper, or of 20 in minutes.</summary>
internal static class IdentityPlan
{
    private static readonly Recipe s_minutes = Recipes.Quick with
    {
        Name = "identity-mappings-minutes",
        Source = "one epoch along one cycle; not the paper's schedule",
        Length = TrainingLength.Epochs(1),
        Schedule = new OneCycle(Peak: 0.2),
    };

    /// <summary>The plan of a command line.</summary>
    public static ComparisonPlan Of(ComparisonArguments wanted, TextWriter output)
    {
        Recipe whole = wanted.Paper ? Recipes.He2016Cifar : s_minutes;
        Recipe recipe = wanted.Iterations is int iterations ? whole with { Length = TrainingLength.Iterations(iterations) } : whole;
        return new ComparisonPlan
        {
            Networks = [.. Rows.All.Select(row => wanted.Paper ? row.Deep : row.Shallow)],
            RecipeOf = _ => recipe,
            EvaluateEvery = wanted.Paper ? null : 130,
            Show = (runs, _) => new Tables(runs, wanted.Output, wanted.Paper).Write(output),
        };
    }
}
