using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>The branch of a residual unit: its convolutions, woven with norms and activations as its kind of unit has them.</summary>
internal static class BranchLayers
{
    public static IEnumerable<Layer> Of(ResidualPlan plan, BlockPlace place)
    {
        Conv2d[] convolutions = [.. Convolutions(plan, place)];
        for (int i = 0; i < convolutions.Length; i++)
        {
            bool last = i == convolutions.Length - 1;
            // A full pre-activation unit's first norm and ReLU stand before the split.
            if (plan.Unit == Unit.FullPreActivation && i > 0)
                foreach (Layer layer in (Layer[])[Norm(i), Relu])
                    yield return layer;

            yield return convolutions[i];
            if (HasNormAfter(plan.Unit, last))
                yield return Norm(i) with { StartsAtZero = last && plan.ZeroInitResidual };
            if (HasReluAfter(plan.Unit, last))
                yield return Relu;
        }

        if (plan.SqueezeExcitation is { } reduction)
            yield return new SqueezeExcitation("se", place.Channels / reduction);
        if (plan.DropPath is { } rate)
            yield return DropPath(plan, rate, place.Index);
    }

    private static IEnumerable<Conv2d> Convolutions(ResidualPlan plan, BlockPlace place)
    {
        Stage stage = place.Stage;
        if (plan.Block == Block.Bottleneck)
        {
            bool early = plan.Stride == StridePlacement.First1x1;
            return
            [
                new Conv2d("conv1", stage.Width, 1, early ? place.Stride : 1),
                new Conv2d("conv2", stage.Width, 3, early ? 1 : place.Stride, plan.Groups) { Dilation = place.FirstDilation },
                new Conv2d("conv3", place.Channels, 1),
            ];
        }

        var first = new Conv2d("conv1", place.Channels, 3, place.Stride) { Dilation = place.FirstDilation };
        return plan.Block == Block.SingleLayer ? [first] : [first, new Conv2d("conv2", place.Channels, 3) { Dilation = stage.Dilation }];
    }

    private static bool HasNormAfter(Unit unit, bool last) =>
        unit != Unit.FullPreActivation && !(last && unit == Unit.BatchNormAfterAddition);

    private static bool HasReluAfter(Unit unit, bool last) =>
        unit != Unit.FullPreActivation && (!last || unit == Unit.ReLUBeforeAddition);

    // The linear rule of Huang et al. 2016: nothing in the first block, the full rate in the last one.
    private static DropPath DropPath(ResidualPlan plan, double rate, int index)
    {
        int steps = plan.Stages.Sum() - 1;
        return new DropPath("drop_path", steps == 0 ? 0 : rate * index / steps, steps == 0 ? 0 : rate / steps);
    }

    private static BatchNorm2d Norm(int index) => new(FormattableString.Invariant($"bn{index + 1}"));

    private static Activation Relu => new("relu", Function.ReLU);
}
