using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen;

/// <summary>
/// CIFAR-100 (Krizhevsky 2009): 60,000 colour pictures of 32×32 pixels in a hundred classes, which make twenty groups of five;
/// 50,000 to train on and 10,000 to test on, read from the official binary version: <c>cifar-100-binary/train.bin</c> and
/// <c>test.bin</c>, records of the group's byte, the class's byte and 3,072 pixel bytes.
/// </summary>
[ImageDataset(ChannelCount, ImageHeight, ImageWidth, ClassCount)]
public sealed partial class Cifar100 : IImageDataset<Cifar100>
{
    private const int ChannelCount = 3;
    private const int ImageHeight = 32;
    private const int ImageWidth = 32;
    private const int ClassCount = 100;
    private const int GroupCount = 20;

    private Cifar100(CifarRecords train, CifarRecords test, string location)
    {
        Train = new ImageSplit("train", Shape, Classes, train.Pixels, train.Labels[1]);
        Test = new ImageSplit("test", Shape, Classes, test.Pixels, test.Labels[1]);
        TrainByGroup = new ImageSplit("train", Shape, GroupCount, train.Pixels, train.Labels[0]);
        TestByGroup = new ImageSplit("test", Shape, GroupCount, test.Pixels, test.Labels[0]);
        Description = $"CIFAR-100 in {location}";
    }

    /// <summary>3 × 32 × 32.</summary>
    public static Shape Shape => new(ChannelCount, ImageHeight, ImageWidth);

    /// <summary>100.</summary>
    public static int Classes => ClassCount;

    /// <summary>CIFAR-100.</summary>
    public static string Name => "CIFAR-100";

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => OfficialClassNames;

    /// <summary>The 50,000 pictures to train on, labelled by class (the archive's "fine" labels).</summary>
    public ImageSplit Train { get; }

    /// <summary>The 10,000 pictures to test on, labelled by class.</summary>
    public ImageSplit Test { get; }

    /// <summary>The same pictures to train on, labelled by one of twenty groups (the archive's "coarse" labels).</summary>
    public ImageSplit TrainByGroup { get; }

    /// <summary>The same pictures to test on, labelled by group.</summary>
    public ImageSplit TestByGroup { get; }

    PictureSource IImageDataset<Cifar100>.Train => Train;

    PictureSource IImageDataset<Cifar100>.Test => Test;

    /// <summary>Reads both files.</summary>
    /// <param name="folder">A folder that holds <c>cifar-100-binary</c>, or that folder itself.</param>
    /// <exception cref="BadInputException">A file is missing or malformed; the message names file, sizes, record and label.</exception>
    public static Cifar100 Open(string folder)
    {
        string location = Check(folder);
        CifarLayout layout = CifarLayout.Cifar100;
        return new Cifar100(
            CifarRecords.Read(layout, location, layout.TrainFiles, layout.PicturesPerTrainFile),
            CifarRecords.Read(layout, location, [layout.TestFile], layout.PicturesPerTestFile),
            location);
    }

    /// <summary>Downloads the official archive (169 MB), checks its MD5 and unpacks it.</summary>
    /// <param name="folder">Where <c>cifar-100-binary</c> is made.</param>
    /// <param name="cancellation">Ends the download.</param>
    /// <returns>The folder <c>cifar-100-binary</c>, for <see cref="Open"/>.</returns>
    /// <exception cref="BadInputException">There is no network, or what came is not the archive.</exception>
    /// <exception cref="OperationCanceledException">The download was cancelled.</exception>
    public static string Download(string folder, CancellationToken cancellation = default) => CifarArchive.Download(
        CifarArchive.Official100, CifarArchive.OfficialMd5Of100, folder, TimeSpan.FromSeconds(4), cancellation, CifarLayout.Cifar100, static at => Check(at));

    /// <summary>Checks everything but the records themselves, before memory is taken.</summary>
    private static string Check(string folder)
    {
        CifarLayout layout = CifarLayout.Cifar100;
        string location = layout.Locate(folder);
        CifarRecords.ReadNames(layout, Path.Combine(location, layout.LabelNames[0]), OfficialGroupNames, Name);
        CifarRecords.ReadNames(layout, Path.Combine(location, layout.LabelNames[1]), OfficialClassNames, Name);
        CifarRecords.CheckSize(layout, Path.Combine(location, layout.TrainFiles[0]), layout.PicturesPerTrainFile);
        CifarRecords.CheckSize(layout, Path.Combine(location, layout.TestFile), layout.PicturesPerTestFile);
        return location;
    }
}
