using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Builds the tree of a residual or plain network; names are torchvision's.</summary>
internal static class ResidualBuilder
{
    public static Sequence Build(ResidualPlan plan)
    {
        List<Layer> layers = [.. Stem(plan)];
        foreach (Stage stage in Stages(plan))
            layers.Add(Build(plan, stage));

        layers.Add(new GlobalAvgPool("avgpool"));
        layers.Add(new Flatten("flatten"));
        layers.Add(new Linear("fc", plan.Classes));
        return new Sequence("", layers.ToEquatableArray());
    }

    /// <summary>The stages of a plan. Only their shapes depend on whether the input is large enough.</summary>
    public static EquatableArray<Stage> Stages(ResidualPlan plan)
    {
        List<Stage> stages = [];
        Shape input = new Sequence("", Stem(plan).ToEquatableArray()).Output(plan.Input);
        for (int i = 0; i < plan.Stages.Count; i++)
        {
            int planes = plan.BaseWidth << i;
            var stage = new Stage(
                FormattableString.Invariant($"layer{i + 1}"),
                plan.Block,
                plan.Stages[i],
                Width: plan.Block == Block.Bottleneck ? planes * plan.WidthPerGroup / 64 * plan.Groups : planes,
                Stride: i == 0 ? 1 : 2,
                input,
                Output: new Shape(
                    planes * Depths.Expansion(plan.Block),
                    i == 0 ? input.Height : (input.Height + 1) / 2,
                    i == 0 ? input.Width : (input.Width + 1) / 2));
            stages.Add(stage);
            input = stage.Output;
        }

        return stages.ToEquatableArray();
    }

    private static IEnumerable<Layer> Stem(ResidualPlan plan)
    {
        bool large = plan.Stem == ResNetGen.Stem.ImageNet;
        yield return new Conv2d("conv1", plan.StemWidth, large ? 7 : 3, large ? 2 : 1);
        yield return new BatchNorm2d("bn1");
        yield return new Activation("relu", Function.ReLU);
        if (large)
            yield return new MaxPool2d("maxpool", 3, 2, Padding: 1);
    }

    private static Blocks Build(ResidualPlan plan, Stage stage)
    {
        Instance first = BlockOf(plan, stage, stage.Input.Channels, stage.Stride);
        Instance rest = BlockOf(plan, stage, stage.Output.Channels, 1);
        bool alike = stage.Input == stage.Output && first == rest;
        return new Blocks(stage.Name, alike || stage.Blocks == 1
            ? [new Repeat(0, stage.Blocks, first)]
            : [new Repeat(0, 1, first), new Repeat(1, stage.Blocks - 1, rest)]);
    }

    private static Instance BlockOf(ResidualPlan plan, Stage stage, int inChannels, int stride)
    {
        int channels = stage.Output.Channels;
        bool early = plan.Stride == StridePlacement.First1x1;
        EquatableArray<Layer> branch = stage.Block == Block.Bottleneck
            ?
            [
                new Conv2d("conv1", stage.Width, 1, early ? stride : 1),
                new BatchNorm2d("bn1"),
                new Activation("relu", Function.ReLU),
                new Conv2d("conv2", stage.Width, 3, early ? 1 : stride, plan.Groups),
                new BatchNorm2d("bn2"),
                new Activation("relu", Function.ReLU),
                new Conv2d("conv3", channels, 1),
                new BatchNorm2d("bn3"),
            ]
            :
            [
                new Conv2d("conv1", channels, 3, stride),
                new BatchNorm2d("bn1"),
                new Activation("relu", Function.ReLU),
                new Conv2d("conv2", channels, 3),
                new BatchNorm2d("bn2"),
            ];

        Sequence body = plan.Shortcut is { } shortcut
            ? new Sequence("", [new Residual(new Sequence("", branch), ShortcutOf(plan, shortcut, inChannels, channels, stride)), new Activation("relu", Function.ReLU)])
            : new Sequence("", branch.Append(new Activation("relu", Function.ReLU)).ToEquatableArray());
        return new Instance("", stage.Block == Block.Bottleneck ? "BottleneckBlock" : "BasicBlock", body);
    }

    private static Layer? ShortcutOf(ResidualPlan plan, Shortcut shortcut, int inChannels, int channels, int stride)
    {
        bool sameShape = stride == 1 && inChannels == channels;
        return shortcut switch
        {
            Shortcut.C => Projection(channels, stride),
            _ when sameShape => null,
            Shortcut.A => new ZeroPadShortcut("downsample", channels, stride, plan.Padding),
            _ => Projection(channels, stride),
        };
    }

    private static Sequence Projection(int channels, int stride) =>
        new("downsample", [new Conv2d("0", channels, 1, stride), new BatchNorm2d("1")]);
}
