using ResNetGen.Training;

namespace ResNetGen.Samples.Degradation;

/// <summary>What is trained: the four networks, in minutes or as the paper did.</summary>
internal static class DegradationPlan
{
    private const int PlainEpochs = 1;
    private const int ResidualEpochs = 6;

    /// <summary>The plan of a command line.</summary>
    public static ComparisonPlan Of(ComparisonArguments wanted, TextWriter output)
    {
        return new ComparisonPlan
        {
            Networks =
            [
                NetworkEntry<Cifar10>.Of<Plain20>("plain20"), NetworkEntry<Cifar10>.Of<Plain56>("plain56"),
                NetworkEntry<Cifar10>.Of<ResNet20>("resnet20"), NetworkEntry<Cifar10>.Of<ResNet56>("resnet56"),
            ],
            RecipeOf = name => RecipeOf(name, wanted),

            // Half an epoch: short runs need points for their curve.
            EvaluateEvery = wanted.Paper ? null : 391,
            Show = (runs, data) =>
            {
                new Findings(runs, wanted.Output).Write(output);
                Responses.Write(wanted.Output, data, output);
            },
        };
    }

    private static Recipe RecipeOf(string name, ComparisonArguments wanted)
    {
        Recipe recipe = wanted.Paper
            ? Recipes.He2015Cifar
            : Minutes(name.StartsWith("plain", StringComparison.Ordinal) ? PlainEpochs : ResidualEpochs);
        return wanted.Iterations is int iterations ? recipe with { Length = TrainingLength.Iterations(iterations) } : recipe;
    }

    /// <summary>
    /// Small batches, so that there are many steps; a rate that networks without shortcuts bear too. One recipe for the two
    /// networks of a pair, so that depth is all that differs. The pairs differ in length: that depth harms shows within an epoch,
    /// that it helps only once the shallow network nears what it can learn.
    /// </summary>
    private static Recipe Minutes(int epochs) => Recipes.Quick with
    {
        Name = "degradation-minutes",
        Source = "the quick recipe; not the paper's schedule",
        Length = TrainingLength.Epochs(epochs),
        BatchSize = 64,
        RateBatchSize = 64,
        Schedule = new OneCycle(Peak: 0.1),
        Optimizer = new Sgd(),
    };
}
