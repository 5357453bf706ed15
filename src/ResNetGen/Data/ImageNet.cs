namespace ResNetGen;

/// <summary>
/// ImageNet's 1,000 classes (ILSVRC 2012) as folders of JPEG files, <c>train/n01440764/….JPEG</c> and
/// <c>val/n01440764/….JPEG</c>, cropped to 224 × 224. The validation files of the official archive lie loose in one folder: sort
/// them by class first, as every framework's instructions say.
/// </summary>
[ImageDataset(3, 224, 224, 1000)]
public sealed class ImageNet : ImageFolder<ImageNet>;
