using System.Security.Cryptography;
using System.Text;
using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>
/// A folder with a folder of picture files for each class, as torchvision's ImageFolder reads it: classes in ordinal order of
/// their names, within a class all files whose names end in .jpg, .jpeg or .png (whatever the case), folders below included, in
/// ordinal order.
/// </summary>
public sealed class FolderSplit : EncodedSource
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png"];

    private readonly NameTable files;
    private readonly int[] labels;

    private FolderSplit(string name, string folder, Shape shape, string[] classNames, NameTable files, int[] labels, string fingerprint)
        : base(name, shape, classNames.Length)
    {
        Folder = folder;
        ClassNames = classNames;
        this.files = files;
        this.labels = labels;
        Fingerprint = fingerprint;
    }

    /// <summary>The folder with a folder for each class.</summary>
    public string Folder { get; }

    /// <summary>The names of the classes' folders, in the order of their labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Labels => labels;

    /// <summary>
    /// SHA-256 over shape, classes and every file's name and size, as lower-case hexadecimal. The bytes of the files are not
    /// read: that would take as long as an epoch.
    /// </summary>
    public override string Fingerprint { get; }

    /// <summary>Lists a folder; no file is opened.</summary>
    /// <param name="name">What the split is called in messages, such as <c>train</c>.</param>
    /// <param name="folder">The folder with a folder for each class.</param>
    /// <param name="shape">The shape that pictures are cropped to.</param>
    /// <exception cref="BadInputException">The folder is missing or cannot be read, or a class has no pictures.</exception>
    public static FolderSplit Open(string name, string folder, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
            throw new BadInputException($"The folder {folder} {(File.Exists(folder) ? "is a file" : "does not exist")}; expected a folder with a folder of JPEG or PNG files for each class.");
        try
        {
            string[] classes = [.. Directory.EnumerateDirectories(folder).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
            if (classes.Length == 0)
                throw new BadInputException($"{folder} has no folders in it; expected one for each class, with its JPEG or PNG files.{Loose(folder)}");
            var files = new NameTable();
            var labels = new List<int>();
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.UTF8.GetBytes($"{shape}\n"));
            for (int label = 0; label < classes.Length; label++)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{classes[label]}\n"));
                int before = labels.Count;
                foreach ((string file, long size) in ListClass(folder, classes[label]))
                {
                    files.Add(file);
                    labels.Add(label);
                    hash.AppendData(Encoding.UTF8.GetBytes($"{file}\n{size}\n"));
                }
                if (labels.Count == before)
                    throw new BadInputException($"{Path.Combine(folder, classes[label])} has no JPEG or PNG file (.jpg, .jpeg, .png), so the class \"{classes[label]}\" has no pictures. Add some, or remove the folder.");
            }
            return new FolderSplit(name, folder, shape, classes, files, [.. labels], Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{folder} cannot be listed: {e.Message} Check its permissions and the disk.", e);
        }
    }

    /// <summary>The file of a picture.</summary>
    /// <param name="index">Which picture.</param>
    public string PathOf(int index) => Path.Combine(Folder, ClassNames[labels[index]], files[index]);

    /// <inheritdoc/>
    public override string Describe(int index) => PathOf(index);

    private protected override ReadOnlyMemory<byte> Read(int index, Func<int, Memory<byte>> memory)
    {
        string path = PathOf(index);
        return ReadPart(path, path, 0, null, memory);
    }

    /// <summary>A class's files, folder by folder in the order of the folders' paths, as Python's sorted(os.walk(…)) goes.</summary>
    private static IEnumerable<(string File, long Size)> ListClass(string folder, string name)
    {
        string root = Path.Combine(folder, name);
        return new FolderWalk(root).Files()
            .Where(static file => Endings.Any(ending => file.Path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Select(static file => (file.Path, file.Info.Length))
            .OrderBy(static file => Path.GetDirectoryName(file.Path), StringComparer.Ordinal)
            .ThenBy(static file => Path.GetFileName(file.Path), StringComparer.Ordinal);
    }

    private static string Loose(string folder)
    {
        int pictures = Directory.EnumerateFiles(folder).Count(static file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
        return pictures == 0 ? "" : $" Its {pictures} pictures lie loose: move each into the folder of its class.";
    }
}
