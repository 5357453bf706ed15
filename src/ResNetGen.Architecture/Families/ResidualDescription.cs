namespace ResNetGen.Architecture;

/// <summary>Says what a residual or plain network is, in the words of its documentation and of its summary.</summary>
internal static class ResidualDescription
{
    public static NetworkPlan Describe(ResidualPlan plan)
    {
        EquatableArray<Stage> stages = ResidualBuilder.Stages(plan);
        return new NetworkPlan
        {
            Family = plan.Family,
            Input = plan.Input,
            Classes = plan.Classes,
            Root = ResidualBuilder.Build(plan),
            Stages = stages,
            Taps = stages.Select(stage => new Tap(stage.Name, stage.Output, StrideOf(plan, stages, stage))).ToEquatableArray(),
            Kind = plan.Shortcut is { } shortcut ? $"A residual network with shortcut {shortcut}" : "A plain network, without shortcuts",
            Options = Options(plan),
            Fingerprint = Fingerprint.Of(plan),
        };
    }

    private static string Options(ResidualPlan plan)
    {
        string shortcut = plan.Shortcut is { } given ? $"shortcut {given}" : "no shortcuts";
        string stride = plan.Stride == StridePlacement.First1x1 ? "the first 1×1" : "the 3×3";
        return plan.Block == Block.Bottleneck ? $"bottleneck blocks, {shortcut}, stride on {stride}" : $"basic blocks, {shortcut}";
    }

    private static int StrideOf(ResidualPlan plan, EquatableArray<Stage> stages, Stage last)
    {
        int stride = plan.Stem == Stem.Cifar ? 1 : 4;
        foreach (Stage stage in stages)
        {
            stride *= stage.Stride;
            if (stage == last)
                break;
        }

        return stride;
    }
}
