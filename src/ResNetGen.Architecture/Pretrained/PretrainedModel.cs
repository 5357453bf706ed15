namespace ResNetGen.Architecture;

/// <summary>
/// A network whose ImageNet weights torchvision publishes: its name there, its layers, and how its images were prepared. This is what
/// <c>[Pretrained("resnet50")]</c> is held against, at compile time and when a file is loaded.
/// </summary>
public sealed record PretrainedModel
{
    internal PretrainedModel(string name, NetworkSpec spec)
    {
        Name = name;
        Spec = spec with { Name = name };
    }

    /// <summary>Every one of them, in torchvision's order.</summary>
    public static IReadOnlyList<PretrainedModel> All { get; } =
    [
        ResNet("resnet18", 18), ResNet("resnet34", 34), ResNet("resnet50", 50), ResNet("resnet101", 101), ResNet("resnet152", 152),
        ResNet("resnext50_32x4d", 50, groups: 32, widthPerGroup: 4),
        ResNet("resnext101_32x8d", 101, groups: 32, widthPerGroup: 8),
        ResNet("resnext101_64x4d", 101, groups: 64, widthPerGroup: 4),
        ResNet("wide_resnet50_2", 50, widthPerGroup: 128),
        ResNet("wide_resnet101_2", 101, widthPerGroup: 128),
        Vgg("vgg11", 11, batchNorm: false), Vgg("vgg11_bn", 11, batchNorm: true),
        Vgg("vgg13", 13, batchNorm: false), Vgg("vgg13_bn", 13, batchNorm: true),
        Vgg("vgg16", 16, batchNorm: false), Vgg("vgg16_bn", 16, batchNorm: true),
        Vgg("vgg19", 19, batchNorm: false), Vgg("vgg19_bn", 19, batchNorm: true),
    ];

    /// <summary>The name in torchvision, e.g. <c>resnet50</c>.</summary>
    public string Name { get; }

    /// <summary>The network as an attribute would declare it: 1000 classes, and in bottlenecks the stride on the 3×3 ("v1.5").</summary>
    public NetworkSpec Spec { get; }

    /// <summary>Its layers, shapes and costs.</summary>
    public NetworkArchitecture Architecture => Spec.Build();

    /// <summary>The classes it tells apart: ImageNet's 1000.</summary>
    public int Classes => Spec.ClassCount;

    /// <summary>What was subtracted from red, green and blue, where pixels go from 0 to 1.</summary>
    public EquatableArray<double> Mean { get; } = [0.485, 0.456, 0.406];

    /// <summary>What red, green and blue were divided by, after the mean was subtracted.</summary>
    public EquatableArray<double> Deviation { get; } = [0.229, 0.224, 0.225];

    /// <summary>The shorter side, in pixels, that a picture is scaled to (bilinear) before the centre is cut out.</summary>
    public int Resize => 256;

    /// <summary>The side of the square that is cut out of the centre.</summary>
    public int Crop => Spec.Input.Height;

    /// <summary>The network of that name, or null.</summary>
    /// <param name="name">As torchvision writes it.</param>
    public static PretrainedModel? Find(string name) =>
        All.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal));

    private static PretrainedModel ResNet(string name, int depth, int? groups = null, int? widthPerGroup = null) => new(name, new ResNetSpec
    {
        Depth = depth,
        Groups = groups,
        WidthPerGroup = widthPerGroup,
        // Basic blocks have no choice to make.
        Stride = depth < 50 ? null : StridePlacement.Conv3x3,
    });

    private static PretrainedModel Vgg(string name, int depth, bool batchNorm) =>
        new(name, new VggSpec { Depth = depth, BatchNorm = batchNorm });
}
