using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen;

/// <summary>
/// A dataset of JPEG and PNG files in folders: <c>train/CLASS/….jpg</c> and <c>val/CLASS/….jpg</c> (or <c>test</c>), as
/// torchvision's ImageFolder has them. A dataset of one's own is two lines:
/// <code>
/// [ImageDataset(3, 224, 224, 5)]
/// public sealed class Flowers : ImageFolder&lt;Flowers&gt;;
/// </code>
/// The attribute is what the compiler holds against the network; the folders are held against it when they are opened. Files
/// are decoded when they are needed.
/// </summary>
/// <typeparam name="TSelf">The dataset itself.</typeparam>
public abstract class ImageFolder<TSelf> : IImageDataset<TSelf> where TSelf : ImageFolder<TSelf>, new()
{
    private static readonly string[] TestFolders = ["val", "test"];

    private FolderSplit? train;
    private FolderSplit? test;

    /// <summary>What pictures are cropped to, as <c>[ImageDataset]</c> says.</summary>
    public static Shape Shape => DeclaredImages<TSelf>.Shape;

    /// <summary>Number of classes, as <c>[ImageDataset]</c> says.</summary>
    public static int Classes => DeclaredImages<TSelf>.Classes;

    /// <summary>The name of the class.</summary>
    public static string Name => typeof(TSelf).Name;

    /// <inheritdoc/>
    public string Description => $"{Name} in {Path.GetDirectoryName(Opened(train).Folder)}";

    /// <summary>Names of the classes' folders, in the order of their labels.</summary>
    public IReadOnlyList<string> ClassNames => Opened(train).ClassNames;

    /// <inheritdoc/>
    public PictureSource Train => Opened(train);

    /// <inheritdoc/>
    public PictureSource Test => Opened(test);

    /// <summary>Lists both folders; no file is decoded.</summary>
    /// <param name="folder">The folder that holds <c>train</c>, and <c>val</c> or <c>test</c> (<c>val</c> where there are both).</param>
    /// <exception cref="BadInputException">A folder is missing or empty, or the classes are not those that are declared.</exception>
    public static TSelf Open(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
            throw new BadInputException($"The data folder {folder} {(File.Exists(folder) ? "is a file" : "does not exist")}; expected a folder that holds train and val.");
        string train = Path.Combine(folder, "train");
        if (!Directory.Exists(train))
            throw new BadInputException($"{folder} holds no folder train; expected {Path.Combine("train", "CLASS", "….jpg")} and {Path.Combine("val", "CLASS", "….jpg")} in it.");
        string? test = TestFolders.Select(name => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists)
            ?? throw new BadInputException($"{folder} holds no folder val or test; expected {Path.Combine("val", "CLASS", "….jpg")} in it, with the classes of train.");
        TSelf dataset = new();
        dataset.train = FolderSplit.Open("train", train, Shape);
        dataset.test = FolderSplit.Open(Path.GetFileName(test), test, Shape);
        dataset.RequireClasses();
        return dataset;
    }

    private void RequireClasses()
    {
        FolderSplit learned = Opened(train), tested = Opened(test);
        if (learned.Classes != Classes)
            throw new BadInputException($"{learned.Folder} has {learned.Classes} folders of classes; {Name} is declared with {Classes}. Correct [ImageDataset({Shape.Channels}, {Shape.Height}, {Shape.Width}, {Classes})], or the folders: the first is \"{learned.ClassNames[0]}\", the last \"{learned.ClassNames[^1]}\".");
        if (learned.ClassNames.SequenceEqual(tested.ClassNames, StringComparer.Ordinal)) return;
        string? missing = learned.ClassNames.Except(tested.ClassNames, StringComparer.Ordinal).FirstOrDefault();
        string? more = tested.ClassNames.Except(learned.ClassNames, StringComparer.Ordinal).FirstOrDefault();
        throw new BadInputException(missing is not null
            ? $"{tested.Folder} has no folder for the class \"{missing}\", which {learned.Folder} has: labels would not agree. Both need the same classes."
            : $"{tested.Folder} has a folder for a class \"{more}\", which {learned.Folder} does not have. Both need the same classes.");
    }

    private static FolderSplit Opened(FolderSplit? split) =>
        split ?? throw new InvalidOperationException($"{Name} is not open: {Name}.Open(folder) gives one that is.");
}
