using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

/// <summary>What tells two runs apart, down to the last bit; that a run with other settings is refused is shown by <see cref="ResumeTests"/>.</summary>
public sealed class ExactSettingsTests
{
    private static readonly TrainerOptions s_options = new() { Output = "runs" };

    private static Recipe Recipe => Recipes.Quick;

    public static TheoryData<string, Recipe, Recipe> NearlyTheSame => new()
    {
        { "warm-up", Recipe with { WarmUp = new WarmUpFor(0.01, 8) }, Recipe with { WarmUp = new WarmUpFor(0.01, 9) } },
        { "warm-up", Recipe with { WarmUp = new WarmUpLinear(0.01, TrainingLength.Epochs(1)) }, Recipe with { WarmUp = new WarmUpLinear(0.01, TrainingLength.Iterations(6)) } },
        { "learning rate", Recipe with { Schedule = new Plateau(0.1) }, Recipe with { Schedule = new Plateau(0.1, Threshold: 1.0001e-4) } },
        { "learning rate", Recipe with { Schedule = new Cosine(0.1) }, Recipe with { Schedule = new Cosine(0.1, ByEpoch: true) } },
        { "learning rate", Recipe with { Schedule = new EpochDecay(0.1, 0.1, 3) }, Recipe with { Schedule = new EpochDecay(0.1, 0.1, 2) } },
        { "rate chosen for", Recipe, Recipe with { RateBatchSize = 32 } },
        { "gradient clipping", Recipe with { ClipGradientNorm = 1 }, Recipe with { ClipGradientNorm = Math.BitIncrement(1.0) } },
        { "loss", Recipe with { Loss = new BinaryCrossEntropy() }, Recipe with { Loss = new BinaryCrossEntropy(0.2) } },
        { "mixing", Recipe with { Mixing = new Mixing(0.1) }, Recipe with { Mixing = new Mixing(Math.BitIncrement(0.1)) } },
        { "BatchNorm statistics", Recipe with { GhostBatch = 16 }, Recipe with { GhostBatch = 8 } },
        { "gradient accumulation", Recipe with { MicroBatch = 16 }, Recipe with { MicroBatch = 8 } },
        { "weight average", Recipe with { Average = new WeightAverage(0.9) }, Recipe with { Average = new WeightAverage(Math.BitIncrement(0.9)) } },
        { "optimizer", Recipe with { Optimizer = new Lamb() }, Recipe with { Optimizer = new Lamb(Beta2: 0.998) } },
    };

    [Theory]
    [MemberData(nameof(NearlyTheSame))]
    public void Another_number_is_another_line(string setting, Recipe first, Recipe second)
    {
        string[] before = RunSettings.Exact(first, s_options).Split('\n');
        string[] after = RunSettings.Exact(second, s_options).Split('\n');
        Assert.Contains(before.Except(after), line => line.StartsWith(setting + ": ", StringComparison.Ordinal));
    }
}
