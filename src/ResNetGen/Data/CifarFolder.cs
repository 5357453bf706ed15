namespace ResNetGen.Data;

/// <summary>CIFAR-10's binary folder, or one of procedural pictures in the same layout.</summary>
internal static class CifarFolder
{
    public const string FolderName = "cifar-10-batches-bin";
    public const string MetaFile = "batches.meta.txt";
    public const string TestFile = "test_batch.bin";
    public const int PicturesPerFile = 10_000;
    public const int ImageSize = CifarLayout.ImageSize;
    public const int RecordSize = 1 + ImageSize;

    public static IReadOnlyList<string> TrainFiles { get; } =
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"];

    /// <summary>Checks everything but the records themselves, quickly.</summary>
    /// <param name="folder">A folder that holds the official one, or that itself.</param>
    /// <param name="marker">The marker, where the pictures are procedural.</param>
    /// <returns>The folder with the files.</returns>
    public static string Check(string folder, out ProceduralMarker? marker)
    {
        string location = CifarLayout.Cifar10.Locate(folder);
        marker = ProceduralMarker.Read(location);
        ReadClassNames(location, marker);
        foreach (string file in TrainFiles.Append(TestFile))
            CifarRecords.CheckSize(CifarLayout.Cifar10, Path.Combine(location, file), marker?.PicturesPerFile ?? PicturesPerFile);
        return location;
    }

    public static Cifar10 Read(string folder)
    {
        // Every size is checked before the memory for the pictures is taken.
        string location = Check(folder, out ProceduralMarker? marker);
        int perFile = marker?.PicturesPerFile ?? PicturesPerFile;
        IReadOnlyList<string> names = ReadClassNames(location, marker);
        ImageSplit train = ReadSplit("train", location, TrainFiles, perFile);
        ImageSplit test = ReadSplit("test", location, [TestFile], perFile);
        string description = marker is null ? $"CIFAR-10 in {location}" : $"procedural pictures (not CIFAR-10) in {location}";
        return new Cifar10(train, test, names, marker is not null, description);
    }

    private static ImageSplit ReadSplit(string name, string folder, IReadOnlyList<string> files, int perFile)
    {
        CifarRecords records = CifarRecords.Read(CifarLayout.Cifar10, folder, files, perFile);
        return new ImageSplit(name, Cifar10.Shape, Cifar10.Classes, records.Pixels, records.Labels[0]);
    }

    private static IReadOnlyList<string> ReadClassNames(string folder, ProceduralMarker? marker) => CifarRecords.ReadNames(
        CifarLayout.Cifar10,
        Path.Combine(folder, MetaFile),
        marker is null ? Cifar10.OfficialClassNames : ProceduralPictures.ClassNames,
        marker is null ? "CIFAR-10" : "the marker says");
}
