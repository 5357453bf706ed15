namespace ResNetGen.Data;

/// <summary>
/// What a CIFAR data set's binary version looks like: its folder, its files of records (some label bytes, then 3,072 pixel
/// bytes), and the archive that they come in.
/// </summary>
internal sealed record CifarLayout
{
    public const int ImageSize = 3 * 32 * 32;

    public static CifarLayout Cifar10 { get; } = new()
    {
        Name = "CIFAR-10",
        FolderName = CifarFolder.FolderName,
        PythonFolder = "cifar-10-batches-py",
        ArchiveName = "cifar-10-binary.tar.gz",
        LabelNames = [CifarFolder.MetaFile],
        TrainFiles = CifarFolder.TrainFiles,
        TestFile = CifarFolder.TestFile,
        PicturesPerTrainFile = CifarFolder.PicturesPerFile,
        LabelClasses = [10],
    };

    public static CifarLayout Cifar100 { get; } = new()
    {
        Name = "CIFAR-100",
        FolderName = "cifar-100-binary",
        PythonFolder = "cifar-100-python",
        ArchiveName = "cifar-100-binary.tar.gz",
        LabelNames = ["coarse_label_names.txt", "fine_label_names.txt"],
        TrainFiles = ["train.bin"],
        TestFile = "test.bin",
        PicturesPerTrainFile = 50_000,
        LabelClasses = [20, 100],
    };

    public required string Name { get; init; }

    public required string FolderName { get; init; }

    /// <summary>The folder of the version for Python, which is often downloaded by mistake.</summary>
    public required string PythonFolder { get; init; }

    public required string ArchiveName { get; init; }

    /// <summary>Files with the names of the classes, one a line; one file for each label of a record, in their order.</summary>
    public required IReadOnlyList<string> LabelNames { get; init; }

    public required IReadOnlyList<string> TrainFiles { get; init; }

    public required string TestFile { get; init; }

    public required int PicturesPerTrainFile { get; init; }

    public int PicturesPerTestFile => 10_000;

    /// <summary>Number of classes of each label of a record, in their order.</summary>
    public required IReadOnlyList<int> LabelClasses { get; init; }

    public int RecordSize => LabelClasses.Count + ImageSize;

    /// <summary>What to do about files that are not right.</summary>
    public string GetIt => $"Get the binary version ({ArchiveName}) and unpack it again.";

    /// <summary>All files that make the data set.</summary>
    public IEnumerable<string> Files => [.. TrainFiles, TestFile, .. LabelNames];

    /// <summary>The folder with the files: the one given, or the official one inside it.</summary>
    /// <exception cref="BadInputException">There is neither.</exception>
    public string Locate(string folder)
    {
        if (File.Exists(folder))
            throw new BadInputException($"{folder} is a file; expected a folder that holds {FolderName}. Unpack the archive and name the folder it was unpacked in.");
        if (!Directory.Exists(folder))
            throw new BadInputException($"The data folder {folder} does not exist. Name a folder that holds {FolderName} (the unpacked {ArchiveName}).");
        string inner = Path.Combine(folder, FolderName);
        if (Directory.Exists(inner)) return inner;
        if (TrainFiles.Append(TestFile).Any(file => File.Exists(Path.Combine(folder, file)))) return folder;
        if (File.Exists(Path.Combine(folder, ArchiveName)))
            throw new BadInputException($"{folder} holds {ArchiveName}, which is not unpacked. Unpack it: tar -xzf {ArchiveName}");
        if (Directory.Exists(Path.Combine(folder, PythonFolder)))
            throw new BadInputException($"{folder} holds {PythonFolder}, the Python version; expected {FolderName}, the binary version. {GetIt}");
        throw new BadInputException($"{folder} holds no folder {FolderName}. Name a folder that holds it. {GetIt}");
    }
}
