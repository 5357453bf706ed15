using ResNetGen;

namespace ResNetGen.Samples.ImageNet;

// ImageNet itself, 224x224, comes with the library.

/// <summary>ImageNet's folders, cropped to 160x160: what StrikesBackA3 trains on (it is tested at 224).</summary>
[ImageDataset(3, 160, 160, 1000)]
public sealed class ImageNet160 : ImageFolder<ImageNet160>;

/// <summary>Any folder of pictures in ten classes, cropped to 64x64: what the small form trains on.</summary>
[ImageDataset(3, 64, 64, 10)]
public sealed class TenClasses : ImageFolder<TenClasses>;
