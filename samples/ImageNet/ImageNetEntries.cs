namespace ResNetGen.Samples.ImageNet;

/// <summary>The networks that the command line knows by name.</summary>
internal static class ImageNetEntries
{
    /// <summary>For ImageNet: 224x224, 1000 classes.</summary>
    public static IReadOnlyList<NetworkEntry<ResNetGen.ImageNet>> Full { get; } =
    [
        NetworkEntry<ResNetGen.ImageNet>.Of<ResNet50>("resnet50"),
        NetworkEntry<ResNetGen.ImageNet>.Of<ResNet50V15>("resnet50v1.5"),
        NetworkEntry<ResNetGen.ImageNet>.Of<ResNet18>("resnet18"),
        NetworkEntry<ResNetGen.ImageNet>.Of<ResNet34>("resnet34"),
        NetworkEntry<ResNetGen.ImageNet>.Of<ResNet34A>("resnet34a"),
        NetworkEntry<ResNetGen.ImageNet>.Of<ResNet34C>("resnet34c"),
        NetworkEntry<ResNetGen.ImageNet>.Of<ResNet101>("resnet101"),
        NetworkEntry<ResNetGen.ImageNet>.Of<ResNet152>("resnet152"),
        NetworkEntry<ResNetGen.ImageNet>.Of<PreActResNet200>("preact200"),
        NetworkEntry<ResNetGen.ImageNet>.Of<Plain18>("plain18"),
        NetworkEntry<ResNetGen.ImageNet>.Of<Plain34>("plain34"),
        NetworkEntry<ResNetGen.ImageNet>.Of<Vgg16>("vgg16bn"),
        NetworkEntry<ResNetGen.ImageNet>.Of<ResNeXt50>("resnext50"),
        NetworkEntry<ResNetGen.ImageNet>.Of<WideResNet50>("wide-resnet50"),
        NetworkEntry<ResNetGen.ImageNet>.Of<SeResNet50>("se-resnet50"),
        NetworkEntry<ResNetGen.ImageNet>.Of<ResNet50D>("resnet50d"),
    ];

    /// <summary>For ImageNet at 160x160, as StrikesBackA3 trains.</summary>
    public static IReadOnlyList<NetworkEntry<ImageNet160>> At160 { get; } = [NetworkEntry<ImageNet160>.Of<ResNet50At160>("resnet50v1.5")];

    /// <summary>For ten classes of 64x64.</summary>
    public static IReadOnlyList<NetworkEntry<TenClasses>> Small { get; } =
    [
        NetworkEntry<TenClasses>.Of<SmallResNet18>("resnet18"),
        NetworkEntry<TenClasses>.Of<SmallPlain18>("plain18"),
        NetworkEntry<TenClasses>.Of<SmallPreActResNet18>("preact18"),
        NetworkEntry<TenClasses>.Of<SmallResNet50>("resnet50"),
    ];

    /// <summary>The entry of a name, or the first one without a name.</summary>
    /// <exception cref="BadInputException">There is no such network.</exception>
    public static NetworkEntry<TDataset> Find<TDataset>(IReadOnlyList<NetworkEntry<TDataset>> entries, string? name)
        where TDataset : class, IImageDataset<TDataset>
    {
        if (name is null)
        {
            return entries[0];
        }

        if (entries.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        string? nearest = Nearest.Of(name, entries.Select(static e => e.Name));
        throw new BadInputException($"--network: there is no \"{name}\" for {TDataset.Name}."
            + (nearest is null ? "" : $" Did you mean {nearest}?")
            + $" Known: {string.Join(", ", entries.Select(static e => e.Name))}.");
    }
}
