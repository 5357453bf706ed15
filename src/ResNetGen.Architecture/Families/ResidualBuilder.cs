using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Builds the tree of a residual or plain network; names are torchvision's where it has the layer.</summary>
internal static class ResidualBuilder
{
    public static Sequence Build(ResidualPlan plan)
    {
        List<Layer> layers = [.. StemLayers.Of(plan)];
        int index = 0;
        foreach (Stage stage in StageLayout.Of(plan))
        {
            layers.Add(Build(plan, stage, index));
            index += stage.Blocks;
        }

        layers.AddRange(AfterTheLastAddition(plan));
        if (plan.Classes > 0)
            layers.AddRange([new GlobalAvgPool("avgpool"), new Flatten("flatten"), new Linear("fc", plan.Classes)]);

        return new Sequence("", layers.ToEquatableArray());
    }

    private static Blocks Build(ResidualPlan plan, Stage stage, int index)
    {
        var place = new BlockPlace(stage, index, InChannels: stage.Input.Channels, stage.Stride, stage.FirstDilation);
        BlockPlace inside = place with { InChannels = stage.Output.Channels, Stride = 1, FirstDilation = stage.Dilation, IsFirst = false };
        Instance first = UnitLayers.Of(plan, place with { IsFirst = index == 0 });
        // Equal layers are not enough: a projection of another number of channels looks the same.
        if (stage.Blocks == 1 || (stage.Input == stage.Output && first == UnitLayers.Of(plan, inside)))
            return new Blocks(stage.Name, [new Repeat(0, stage.Blocks, first)]);

        Instance rest = UnitLayers.Of(plan, inside with { Index = index + 1 });
        return new Blocks(stage.Name, [new Repeat(0, 1, first), new Repeat(1, stage.Blocks - 1, rest)]);
    }

    // A pre-activation network owes its last sum what each next unit would have begun with (He et al. 2016, appendix).
    private static IEnumerable<Layer> AfterTheLastAddition(ResidualPlan plan)
    {
        if (plan.Unit == Unit.FullPreActivation)
            yield return new BatchNorm2d("norm");
        if (plan.IsPreActivation)
            yield return new Activation("relu", Function.ReLU);
    }
}
