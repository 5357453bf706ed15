using ResNetGen.Training;

namespace ResNetGen.Samples.Degradation;

/// <summary>What is trained: the four networks, in minutes or as the paper did.</summary>
internal static class DegradationPlan
{
    /// <summary>
    /// Three epochs in small batches, so that there are 2,343 steps; a rate that networks without shortcuts bear too. One recipe
    /// for all, so that depth and shortcuts are all that differs.
    /// </summary>
    private static readonly Recipe s_minutes = Recipes.Quick with
    {
        Name = "degradation-minutes",
        Source = "the quick recipe; not the paper's schedule",
        Length = TrainingLength.Epochs(3),
        BatchSize = 64,
        RateBatchSize = 64,
        Schedule = new OneCycle(Peak: 0.1),
        Optimizer = new Sgd(),
    };

    /// <summary>The plan of a command line.</summary>
    public static ComparisonPlan Of(ComparisonArguments wanted, TextWriter output)
    {
        Recipe recipe = wanted.Paper ? Recipes.He2015Cifar : s_minutes;
        return new ComparisonPlan
        {
            Networks =
            [
                NetworkEntry<Cifar10>.Of<Plain20>("plain20"), NetworkEntry<Cifar10>.Of<Plain56>("plain56"),
                NetworkEntry<Cifar10>.Of<ResNet20>("resnet20"), NetworkEntry<Cifar10>.Of<ResNet56>("resnet56"),
            ],
            Recipe = wanted.Iterations is int iterations ? recipe with { Length = TrainingLength.Iterations(iterations) } : recipe,

            // Half an epoch: short runs need points for their curve.
            EvaluateEvery = wanted.Paper ? null : 391,
            Show = (runs, data) =>
            {
                new Findings(runs, wanted.Output).Write(output);
                Responses.Write(wanted.Output, data, output);
            },
        };
    }
}
