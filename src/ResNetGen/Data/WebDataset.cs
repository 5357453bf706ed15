using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen;

/// <summary>
/// A dataset of tar shards in WebDataset's format: <c>train/*.tar</c> and <c>val/*.tar</c> (or <c>test</c>), or all in one folder
/// with names that tell them apart, such as <c>imagenet-train-000000.tar</c> and <c>imagenet-val-000000.tar</c>. A dataset of one's own is two
/// lines:
/// <code>
/// [ImageDataset(3, 224, 224, 1000)]
/// public sealed class ImageNetShards : WebDataset&lt;ImageNetShards&gt;;
/// </code>
/// </summary>
/// <typeparam name="TSelf">The dataset itself.</typeparam>
public abstract class WebDataset<TSelf> : IImageDataset<TSelf> where TSelf : WebDataset<TSelf>, new()
{
    private const string NamesFile = "classes.txt";

    private ShardSplit? train;
    private ShardSplit? test;
    private string folder = "";
    private IReadOnlyList<string> names = [];

    /// <summary>What pictures are cropped to, as <c>[ImageDataset]</c> says.</summary>
    public static Shape Shape => DeclaredImages<TSelf>.Shape;

    /// <summary>Number of classes, as <c>[ImageDataset]</c> says.</summary>
    public static int Classes => DeclaredImages<TSelf>.Classes;

    /// <summary>The name of the class.</summary>
    public static string Name => typeof(TSelf).Name;

    /// <inheritdoc/>
    public string Description => $"{Name} in {folder}, {Opened(train).Shards.Count:N0} and {Opened(test).Shards.Count:N0} shards";

    /// <summary>The lines of <c>classes.txt</c> in the folder; the labels' numbers, where there is none.</summary>
    public IReadOnlyList<string> ClassNames => names;

    /// <inheritdoc/>
    public PictureSource Train => Opened(train);

    /// <inheritdoc/>
    public PictureSource Test => Opened(test);

    /// <summary>Indexes all shards; no picture is decoded.</summary>
    /// <param name="folder">The folder that holds them.</param>
    /// <exception cref="BadInputException">There are none, one is damaged, or a label is not one of the declared classes.</exception>
    public static TSelf Open(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
            throw new BadInputException($"The data folder {folder} {(File.Exists(folder) ? "is a file" : "does not exist")}; expected a folder with tar shards.");
        return new TSelf
        {
            folder = folder,
            train = ShardSplit.Open("train", Find(folder, "train"), Shape, Classes),
            test = ShardSplit.Open("test", Find(folder, "val", "test"), Shape, Classes),
            names = ReadNames(Path.Combine(folder, NamesFile)),
        };
    }

    /// <summary>The shards in the first folder of these names, or those whose own names say the first of these.</summary>
    private static string[] Find(string folder, params string[] parts)
    {
        foreach (string part in parts)
            if (Directory.Exists(Path.Combine(folder, part))) return ShardNames.Find(Path.Combine(folder, part));
        foreach (string part in parts)
        {
            string[] found = ShardNames.In(folder, $"*{part}*.tar");
            if (found.Length > 0) return found;
        }
        throw new BadInputException($"{folder} holds no shards for \"{parts[0]}\"; expected {string.Join(" or ", parts.Select(static part => $"{part}/*.tar or *{part}*.tar"))}.");
    }

    private static string[] ReadNames(string path)
    {
        if (!File.Exists(path)) return [.. Enumerable.Range(0, Classes).Select(static label => label.ToString(CultureInfo.InvariantCulture))];
        string[] lines;
        try
        {
            long length = new FileInfo(path).Length;
            if (length > 1 << 22) throw new BadInputException($"{path} has {length:N0} bytes; expected the names of {Classes} classes, one a line.");
            lines = [.. File.ReadLines(path).Select(static line => line.Trim()).Where(static line => line.Length > 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read: {e.Message} Check its permissions and the disk.", e);
        }
        return lines.Length == Classes ? lines : throw new BadInputException($"{path} names {lines.Length} classes; {Name} is declared with {Classes}. Correct the file or [ImageDataset].");
    }

    private static ShardSplit Opened(ShardSplit? split) =>
        split ?? throw new InvalidOperationException($"{Name} is not open: {Name}.Open(folder) gives one that is.");
}
