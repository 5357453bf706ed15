using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen;

/// <summary>
/// CIFAR-10 (Krizhevsky 2009): 60,000 colour pictures of 32×32 pixels in ten classes, 50,000 to train on and 10,000 to test
/// on, read from the official binary version: <c>cifar-10-batches-bin/data_batch_1.bin</c> … <c>data_batch_5.bin</c> and
/// <c>test_batch.bin</c>, each of 10,000 records of one label byte and 3,072 pixel bytes (red, green and blue plane).
/// </summary>
/// <remarks>
/// A folder in the same layout that carries the marker file <c>PROCEDURAL.txt</c> holds procedural pictures instead:
/// <see cref="IsProcedural"/> and <see cref="Description"/> say so, and the class names are its own.
/// </remarks>
[ImageDataset(ChannelCount, ImageHeight, ImageWidth, ClassCount)]
public sealed class Cifar10 : IImageDataset<Cifar10>
{
    private const int ChannelCount = 3;
    private const int ImageHeight = 32;
    private const int ImageWidth = 32;
    private const int ClassCount = 10;

    internal Cifar10(ImageSplit train, ImageSplit test, IReadOnlyList<string> classNames, bool isProcedural, string description)
    {
        Train = train;
        Test = test;
        ClassNames = classNames;
        IsProcedural = isProcedural;
        Description = description;
    }

    /// <summary>3 × 32 × 32.</summary>
    public static Shape Shape => new(ChannelCount, ImageHeight, ImageWidth);

    /// <summary>10.</summary>
    public static int Classes => ClassCount;

    /// <summary>CIFAR-10.</summary>
    public static string Name => "CIFAR-10";

    /// <summary>The names of CIFAR-10's own classes, in the order of their labels.</summary>
    public static IReadOnlyList<string> OfficialClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Whether the folder held procedural pictures in CIFAR-10's layout, not CIFAR-10.</summary>
    public bool IsProcedural { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The pictures to train on: 50,000 in CIFAR-10.</summary>
    public ImageSplit Train { get; }

    PictureSource IImageDataset<Cifar10>.Train => Train;

    PictureSource IImageDataset<Cifar10>.Test => Test;

    /// <summary>The pictures to test on: 10,000 in CIFAR-10.</summary>
    public ImageSplit Test { get; }

    /// <summary>Reads all six files.</summary>
    /// <param name="folder">A folder that holds <c>cifar-10-batches-bin</c>, or that folder itself.</param>
    /// <exception cref="BadInputException">A file is missing or malformed; the message names file, sizes, record and label.</exception>
    public static Cifar10 Open(string folder) => CifarFolder.Read(folder);
}
