namespace ResNetGen;

/// <summary>
/// Says what the images of a dataset look like, so that the compiler can hold the dataset against the network that is
/// trained on it (RNG0307).
/// </summary>
/// <remarks>
/// Write the same constants here that the dataset gives at run time:
/// <code>
/// [ImageDataset(3, 32, 32, 10)]
/// public sealed class Cifar10;
/// </code>
/// </remarks>
/// <param name="channels">Channels of an image.</param>
/// <param name="height">Height of an image, in pixels.</param>
/// <param name="width">Width of an image, in pixels.</param>
/// <param name="classes">Number of classes the labels come from.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ImageDatasetAttribute(int channels, int height, int width, int classes) : Attribute
{
    /// <summary>Channels of an image.</summary>
    public int Channels { get; } = channels;

    /// <summary>Height of an image, in pixels.</summary>
    public int Height { get; } = height;

    /// <summary>Width of an image, in pixels.</summary>
    public int Width { get; } = width;

    /// <summary>Number of classes the labels come from.</summary>
    public int Classes { get; } = classes;
}
