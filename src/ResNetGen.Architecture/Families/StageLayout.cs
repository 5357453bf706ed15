using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Lays out the stages of a plan: widths, strides, and dilation where that stands for stride.</summary>
internal static class StageLayout
{
    /// <summary>The stages of a plan. Only their shapes depend on whether the input is large enough.</summary>
    public static EquatableArray<Stage> Of(ResidualPlan plan)
    {
        List<Stage> stages = [];
        Shape input = new Sequence("", StemLayers.Of(plan).ToEquatableArray()).Output(plan.Input);
        int outputStride = StemLayers.Stride(plan.Stem), dilation = 1;
        for (int i = 0; i < plan.Stages.Count; i++)
        {
            int stride = i == 0 ? 1 : 2, firstDilation = dilation;
            if (outputStride * stride > plan.OutputStride)
            {
                // torchvision's replace_stride_with_dilation: the map keeps its size, the kernels reach as far as before.
                dilation *= stride;
                stride = 1;
            }

            outputStride *= stride;
            Stage stage = Stage(plan, i, stride, input) with { Dilation = dilation, FirstDilation = firstDilation };
            stages.Add(stage);
            input = stage.Output;
        }

        return stages.ToEquatableArray();
    }

    /// <summary>Channels of a bottleneck's 3×3 convolution in a stage of a width, as torchvision counts them.</summary>
    public static long BottleneckWidth(int width, int groups, int widthPerGroup) => (long)width * widthPerGroup / 64 * groups;

    private static Stage Stage(ResidualPlan plan, int index, int stride, Shape input)
    {
        int width = plan.Widths[index];
        return new Stage(
            FormattableString.Invariant($"layer{index + 1}"),
            plan.Block,
            plan.Stages[index],
            Width: plan.Block == Block.Bottleneck ? (int)BottleneckWidth(width, plan.Groups, plan.WidthPerGroup) : width,
            stride,
            input,
            Output: new Shape(width * Depths.Expansion(plan.Block), (input.Height + stride - 1) / stride, (input.Width + stride - 1) / stride));
    }
}
