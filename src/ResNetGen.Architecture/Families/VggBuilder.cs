using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Builds a VGG network (Simonyan and Zisserman 2015, table 1, A, B, D and E); names and first weights are torchvision's.</summary>
internal static class VggBuilder
{
    private static readonly int[] s_widths = [64, 128, 256, 512, 512];

    /// <summary>The depths there are.</summary>
    public static EquatableArray<int> Depths { get; } = [11, 13, 16, 19];

    public static NetworkPlan Describe(VggPlan plan)
    {
        Sequence features = Features(plan);
        return new NetworkPlan
        {
            Family = "Vgg",
            Input = plan.Input,
            Classes = plan.Classes,
            Root = new Sequence("", plan.Classes == 0 ? [features] : [features, .. Head(plan.Classes)]),
            Taps = [new Tap("features", features.Output(plan.Input), Stride: 1 << s_widths.Length)],
            Kind = "A VGG network",
            Options = plan.BatchNorm ? "batch normalisation" : "",
            Fingerprint = Fingerprint.Of(plan),
        };
    }

    /// <summary>Convolutions of each of the five widths; a pooling follows each group.</summary>
    private static int[] Groups(int depth) => depth switch
    {
        11 => [1, 1, 2, 2, 2],
        13 => [2, 2, 2, 2, 2],
        16 => [2, 2, 3, 3, 3],
        _ => [2, 2, 4, 4, 4],
    };

    private static Sequence Features(VggPlan plan)
    {
        List<Layer> layers = [];
        foreach ((int width, int count) in s_widths.Zip(Groups(plan.Depth), (width, count) => (width, count)))
        {
            for (int i = 0; i < count; i++)
            {
                layers.Add(new Conv2d(Number(layers), width, 3) { Bias = true });
                if (plan.BatchNorm)
                    layers.Add(new BatchNorm2d(Number(layers)));

                layers.Add(new Activation(Number(layers), Function.ReLU));
            }

            layers.Add(new MaxPool2d(Number(layers), 2, 2));
        }

        return new Sequence("features", layers.ToEquatableArray());
    }

    private static Layer[] Head(int classes) =>
    [
        new GlobalAvgPool("avgpool", 7),
        new Flatten("flatten"),
        new Sequence("classifier",
        [
            Linear("0", 4096),
            new Activation("1", Function.ReLU),
            new Dropout("2", 0.5),
            Linear("3", 4096),
            new Activation("4", Function.ReLU),
            new Dropout("5", 0.5),
            Linear("6", classes),
        ]),
    ];

    private static Linear Linear(string name, int features) => new(name, features) { WeightDeviation = 0.01 };

    private static string Number(List<Layer> layers) => FormattableString.Invariant($"{layers.Count}");
}
