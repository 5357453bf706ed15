using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>
/// A residual unit: a branch, a shortcut, and the norms and activations around their addition, in the orders of He et al.
/// 2016, figure 4. Norms are numbered in the order of use, as torchvision does.
/// </summary>
internal static class UnitLayers
{
    public static Instance Of(ResidualPlan plan, BlockPlace place)
    {
        var branch = new Sequence("", BranchLayers.Of(plan, place).ToEquatableArray());
        List<Layer> body = [];
        if (plan.Shortcut is { } shortcut)
            body.Add(SkipLayers.Around(plan, place, new Residual(branch, ShortcutLayers.Of(plan, shortcut, place))
            {
                PreActivation = PreActivation(plan, place),
            }));
        else
            body.AddRange(branch.Layers);

        body.AddRange(AfterTheAddition(plan));
        return new Instance("", ClassName(plan.Block), new Sequence("", body.ToEquatableArray()));
    }

    /// <summary>The class of a block. It is not <c>Bottleneck</c>: that would hide <c>Block.Bottleneck</c> in the class it is nested in.</summary>
    private static string ClassName(Block block) => block switch
    {
        Block.Bottleneck => "BottleneckBlock",
        Block.SingleLayer => "SingleLayerBlock",
        _ => "BasicBlock",
    };

    // Branch and shortcut share it where the shape changes; the stem has activated what reaches the first unit.
    private static Sequence? PreActivation(ResidualPlan plan, BlockPlace place) => (place.IsFirst, plan.Unit) switch
    {
        (false, Unit.FullPreActivation) => new Sequence("", [new BatchNorm2d("bn1"), Relu]),
        (false, Unit.ReLUOnlyPreActivation) => new Sequence("", [Relu]),
        _ => null,
    };

    private static IEnumerable<Layer> AfterTheAddition(ResidualPlan plan)
    {
        if (plan.Unit == Unit.BatchNormAfterAddition)
            yield return new BatchNorm2d(FormattableString.Invariant($"bn{Depths.LayersIn(plan.Block)}"));
        if (plan.Unit is Unit.Original or Unit.BatchNormAfterAddition)
            yield return Relu;
    }

    private static Activation Relu => new("relu", Function.ReLU);
}
