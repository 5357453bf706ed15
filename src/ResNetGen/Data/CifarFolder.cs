using System.Globalization;
using System.Runtime.ExceptionServices;
using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>CIFAR-10's binary folder: where its files are, what they must hold, and how each mistake is explained.</summary>
internal static class CifarFolder
{
    public const string FolderName = "cifar-10-batches-bin";
    public const string MetaFile = "batches.meta.txt";
    public const string TestFile = "test_batch.bin";
    public const int PicturesPerFile = 10_000;
    public const int ImageSize = 3 * 32 * 32;
    public const int RecordSize = 1 + ImageSize;

    public static IReadOnlyList<string> TrainFiles { get; } =
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"];

    private const string GetIt = "Get the binary version (cifar-10-binary.tar.gz) and unpack it again.";

    /// <summary>The folder with the files: the one given, or the official one inside it.</summary>
    public static string Locate(string folder)
    {
        if (File.Exists(folder))
            throw new BadInputException($"{folder} is a file; expected a folder that holds {FolderName}. Unpack the archive and name the folder it was unpacked in.");
        if (!Directory.Exists(folder))
            throw new BadInputException($"The data folder {folder} does not exist. Name a folder that holds {FolderName} (the unpacked cifar-10-binary.tar.gz).");
        string inner = Path.Combine(folder, FolderName);
        if (Directory.Exists(inner)) return inner;
        if (TrainFiles.Append(TestFile).Any(file => File.Exists(Path.Combine(folder, file)))) return folder;
        if (File.Exists(Path.Combine(folder, "cifar-10-binary.tar.gz")))
            throw new BadInputException($"{folder} holds cifar-10-binary.tar.gz, which is not unpacked. Unpack it: tar -xzf cifar-10-binary.tar.gz");
        if (Directory.Exists(Path.Combine(folder, "cifar-10-batches-py")))
            throw new BadInputException($"{folder} holds cifar-10-batches-py, the Python version; expected {FolderName}, the binary version. {GetIt}");
        throw new BadInputException($"{folder} holds no folder {FolderName}. Name a folder that holds it. {GetIt}");
    }

    /// <summary>Checks everything but the records themselves, quickly.</summary>
    /// <param name="folder">A folder that holds the official one, or that itself.</param>
    /// <param name="marker">The marker, where the pictures are procedural.</param>
    /// <returns>The folder with the files.</returns>
    public static string Check(string folder, out ProceduralMarker? marker)
    {
        string location = Locate(folder);
        marker = ProceduralMarker.Read(location);
        int perFile = marker?.PicturesPerFile ?? PicturesPerFile;
        ReadClassNames(location, marker);
        foreach (string file in TrainFiles.Append(TestFile)) CheckSize(Path.Combine(location, file), perFile);
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
        byte[] pixels = GC.AllocateUninitializedArray<byte>(files.Count * perFile * ImageSize);
        int[] labels = new int[files.Count * perFile];
        var failures = new ExceptionDispatchInfo?[files.Count];
        Parallel.For(0, files.Count, i =>
        {
            try
            {
                ReadFile(Path.Combine(folder, files[i]), perFile, pixels.AsSpan(i * perFile * ImageSize, perFile * ImageSize), labels.AsSpan(i * perFile, perFile));
            }
            catch (BadInputException e)
            {
                failures[i] = ExceptionDispatchInfo.Capture(e);
            }
        });
        // Of several bad files the first is named, whichever was read first.
        failures.FirstOrDefault(failure => failure is not null)?.Throw();
        return new ImageSplit(name, Cifar10.Shape, Cifar10.Classes, pixels, labels);
    }

    private static void CheckSize(string path, int perFile)
    {
        var file = new FileInfo(path);
        long expected = (long)perFile * RecordSize;
        if (!file.Exists)
            throw new BadInputException($"{path} is missing; expected a file of {Number(expected)} bytes ({Number(perFile)} records of {RecordSize}). {GetIt}");
        if (file.Length == expected) return;
        if (file.Length == 0)
            throw new BadInputException($"{path} is empty; expected {Number(expected)} bytes ({Number(perFile)} records of {RecordSize}). {GetIt}");
        (long whole, long rest) = Math.DivRem(file.Length, RecordSize);
        string found = file.Length < expected
            ? $"it is cut off in record {Number(whole)}" + (rest == 0 ? ", at its first byte" : $", after {Number(rest)} of its {RecordSize} bytes")
            : $"{Number(file.Length - expected)} bytes follow the last record";
        throw new BadInputException($"{path} is {Number(file.Length)} bytes; expected {Number(expected)} ({Number(perFile)} records of {RecordSize}): {found}. {GetIt}");
    }

    private static void ReadFile(string path, int perFile, Span<byte> pixels, Span<int> labels)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
            Span<byte> label = stackalloc byte[1];
            for (int record = 0; record < perFile; record++)
            {
                stream.ReadExactly(label);
                if (label[0] >= Cifar10.Classes)
                    throw new BadInputException(
                        $"{path}: record {Number(record)} (byte {Number((long)record * RecordSize)}) has label {label[0]}; expected 0 to {Cifar10.Classes - 1}. "
                        + $"The file is damaged, or it is not CIFAR-10's binary version. {GetIt}");
                labels[record] = label[0];
                stream.ReadExactly(pixels.Slice(record * ImageSize, ImageSize));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read: {e.Message} Check its permissions and the disk.", e);
        }
    }

    private static IReadOnlyList<string> ReadClassNames(string folder, ProceduralMarker? marker)
    {
        string path = Path.Combine(folder, MetaFile);
        if (!File.Exists(path)) throw new BadInputException($"{path} is missing; expected the names of the {Cifar10.Classes} classes, one a line. {GetIt}");
        if (new FileInfo(path).Length > 4096)
            throw new BadInputException($"{path} is {Number(new FileInfo(path).Length)} bytes; expected the names of {Cifar10.Classes} classes, one a line. {GetIt}");
        string[] lines = [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
        IReadOnlyList<string> expected = marker is null ? Cifar10.OfficialClassNames : ProceduralPictures.ClassNames;
        if (lines.Length != expected.Count)
            throw new BadInputException($"{path} names {lines.Length} classes; expected {expected.Count}: {string.Join(", ", expected)}. {GetIt}");
        for (int i = 0; i < lines.Length; i++)
            if (lines[i] != expected[i])
                throw new BadInputException(
                    $"{path} calls class {i} \"{lines[i]}\"; expected \"{expected[i]}\". These are other pictures than {(marker is null ? "CIFAR-10" : "the marker says")}. {GetIt}");
        return lines;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
