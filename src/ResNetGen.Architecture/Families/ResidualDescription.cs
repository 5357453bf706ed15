namespace ResNetGen.Architecture;

/// <summary>Says what a residual or plain network is, in the words of its documentation and of its summary.</summary>
internal static class ResidualDescription
{
    public static NetworkPlan Describe(ResidualPlan plan)
    {
        EquatableArray<Stage> stages = StageLayout.Of(plan);
        return new NetworkPlan
        {
            Family = plan.Family,
            Input = plan.Input,
            Classes = plan.Classes,
            Root = ResidualBuilder.Build(plan),
            Stages = stages,
            Taps = Taps(plan, stages).ToEquatableArray(),
            Kind = Kind(plan),
            Options = string.Join(", ", Options(plan)),
            Fingerprint = Fingerprint.Of(plan),
        };
    }

    private static IEnumerable<Tap> Taps(ResidualPlan plan, EquatableArray<Stage> stages)
    {
        int stride = StemLayers.Stride(plan.Stem);
        foreach (Stage stage in stages)
        {
            stride *= stage.Stride;
            yield return new Tap(stage.Name, stage.Output, stride);
        }
    }

    private static string Kind(ResidualPlan plan)
    {
        if (plan.Shortcut is not { } shortcut)
            return "A plain network, without shortcuts";

        string shortcuts = plan.Skip == Skip.Conv1x1 ? "1×1 convolutions for shortcuts" : $"shortcut {shortcut}";
        return $"A {(plan.IsPreActivation ? "pre-activation " : "")}residual network with {shortcuts}";
    }

    private static IEnumerable<string> Options(ResidualPlan plan)
    {
        yield return plan.Block switch
        {
            Block.Bottleneck => "bottleneck blocks",
            Block.SingleLayer => "blocks of one layer",
            _ => "basic blocks",
        };
        yield return plan.Shortcut is { } shortcut ? plan.Skip == Skip.Conv1x1 ? "1×1 shortcuts" : $"shortcut {shortcut}" : "no shortcuts";
        if (plan.Block == Block.Bottleneck)
            yield return $"stride on {(plan.Stride == StridePlacement.First1x1 ? "the first 1×1" : "the 3×3")}";
        if (UnitName(plan.Unit) is { } unit)
            yield return unit;
        if (SkipName(plan) is { } skip)
            yield return skip;
        if (plan.Stem == Stem.Deep)
            yield return "deep stem";
        if (plan.AverageDown)
            yield return "average-pooled projections";
        if (plan.OutputStride is { } stride)
            yield return FormattableString.Invariant($"output stride {stride}");
        if (plan.SqueezeExcitation is { } reduction)
            yield return FormattableString.Invariant($"squeeze-and-excitation 1/{reduction}");
        if (plan.DropPath is { } rate)
            yield return FormattableString.Invariant($"drop path up to {rate}");
    }

    private static string? UnitName(Unit unit) => unit switch
    {
        Unit.BatchNormAfterAddition => "batch norm after addition",
        Unit.ReLUBeforeAddition => "ReLU before addition",
        Unit.ReLUOnlyPreActivation => "ReLU-only pre-activation",
        Unit.FullPreActivation => "full pre-activation",
        _ => null,
    };

    private static string? SkipName(ResidualPlan plan) => plan.Skip switch
    {
        Skip.ConstantScale => FormattableString.Invariant($"shortcut × {plan.SkipScale}, branch × {plan.BranchScale}"),
        Skip.ExclusiveGate => "exclusive gates",
        Skip.ShortcutOnlyGate => "shortcut-only gates",
        Skip.Dropout => "dropout on shortcuts",
        _ => null,
    };
}
