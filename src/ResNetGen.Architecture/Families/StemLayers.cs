using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>The layers before the first stage.</summary>
internal static class StemLayers
{
    public static IEnumerable<Layer> Of(ResidualPlan plan)
    {
        yield return plan.Stem switch
        {
            Stem.Cifar => new Conv2d("conv1", plan.StemWidth, 3),
            Stem.Deep => Deep(plan.StemWidth),
            _ => new Conv2d("conv1", plan.StemWidth, 7, 2),
        };
        yield return new BatchNorm2d("bn1");
        yield return new Activation("relu", Function.ReLU);
        if (plan.Stem != Stem.Cifar)
            yield return new MaxPool2d("maxpool", 3, 2, Padding: 1);
    }

    /// <summary>Pixels of the input from one pixel of the stem's map to the next.</summary>
    public static int Stride(Stem stem) => stem == Stem.Cifar ? 1 : 4;

    // timm's names, whose numbers count the activations too.
    private static Sequence Deep(int width) => new("conv1",
    [
        new Conv2d("0", width / 2, 3, 2),
        new BatchNorm2d("1"),
        new Activation("2", Function.ReLU),
        new Conv2d("3", width / 2, 3),
        new BatchNorm2d("4"),
        new Activation("5", Function.ReLU),
        new Conv2d("6", width, 3),
    ]);
}
