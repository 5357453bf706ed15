using ResNetGen;

namespace ResNetGen.Samples.ImageNet;

/// <summary>Any folder of pictures in ten classes, cropped to 64x64: what the small form trains on.</summary>
[ImageDataset(3, 64, 64, 10)]
public sealed class TenClasses : ImageFolder<TenClasses>;
