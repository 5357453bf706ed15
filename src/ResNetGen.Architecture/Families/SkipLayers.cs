using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>What the 2016 paper does to the shortcut of every unit (section 3): scales and gates.</summary>
internal static class SkipLayers
{
    public static Residual Around(ResidualPlan plan, BlockPlace place, Residual unit) => plan.Skip switch
    {
        Skip.ConstantScale => unit with { ShortcutScale = plan.SkipScale, BranchScale = plan.BranchScale },
        Skip.ExclusiveGate => unit with { Gate = Gate(plan, place), GatesBranch = true },
        Skip.ShortcutOnlyGate => unit with { Gate = Gate(plan, place) },
        _ => unit,
    };

    // The paper leaves open what a gate does where the shape changes: ours goes to the branch's channels with its stride.
    private static Conv2d Gate(ResidualPlan plan, BlockPlace place) =>
        new("gate", place.Channels, 1, place.Stride) { Bias = true, BiasStart = plan.GateBias };
}
