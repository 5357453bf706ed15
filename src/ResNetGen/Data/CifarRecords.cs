using System.Globalization;
using System.Runtime.ExceptionServices;

namespace ResNetGen.Data;

/// <summary>The pictures and labels of some of a CIFAR data set's files, in memory.</summary>
/// <param name="Pixels">3,072 bytes a picture.</param>
/// <param name="Labels">For each label of a record, its values, one a picture.</param>
internal sealed record CifarRecords(byte[] Pixels, int[][] Labels)
{
    /// <summary>Checks a file's size, which says where it was cut off; no memory is taken.</summary>
    public static void CheckSize(CifarLayout layout, string path, int pictures)
    {
        var file = new FileInfo(path);
        long expected = (long)pictures * layout.RecordSize;
        if (!file.Exists)
            throw new BadInputException($"{path} is missing; expected a file of {Number(expected)} bytes ({Number(pictures)} records of {layout.RecordSize}). {layout.GetIt}");
        if (file.Length == expected) return;
        if (file.Length == 0)
            throw new BadInputException($"{path} is empty; expected {Number(expected)} bytes ({Number(pictures)} records of {layout.RecordSize}). {layout.GetIt}");
        (long whole, long rest) = Math.DivRem(file.Length, layout.RecordSize);
        string found = file.Length < expected
            ? $"it is cut off in record {Number(whole)}" + (rest == 0 ? ", at its first byte" : $", after {Number(rest)} of its {layout.RecordSize} bytes")
            : $"{Number(file.Length - expected)} bytes follow the last record";
        throw new BadInputException($"{path} is {Number(file.Length)} bytes; expected {Number(expected)} ({Number(pictures)} records of {layout.RecordSize}): {found}. {layout.GetIt}");
    }

    /// <summary>Reads files whose sizes were checked.</summary>
    public static CifarRecords Read(CifarLayout layout, string folder, IReadOnlyList<string> files, int picturesPerFile)
    {
        byte[] pixels = GC.AllocateUninitializedArray<byte>(files.Count * picturesPerFile * CifarLayout.ImageSize);
        int[][] labels = [.. layout.LabelClasses.Select(_ => new int[files.Count * picturesPerFile])];
        var failures = new ExceptionDispatchInfo?[files.Count];
        Parallel.For(0, files.Count, i =>
        {
            try
            {
                ReadFile(layout, Path.Combine(folder, files[i]), i * picturesPerFile, picturesPerFile, pixels, labels);
            }
            catch (BadInputException e)
            {
                failures[i] = ExceptionDispatchInfo.Capture(e);
            }
        });
        // Of several bad files the first is named, whichever was read first.
        failures.FirstOrDefault(failure => failure is not null)?.Throw();
        return new CifarRecords(pixels, labels);
    }

    /// <summary>The names of the classes, and a message where they are not those expected.</summary>
    /// <param name="layout">The data set.</param>
    /// <param name="path">A file with one name a line.</param>
    /// <param name="expected">The names it must have.</param>
    /// <param name="who">Whose names they are.</param>
    public static IReadOnlyList<string> ReadNames(CifarLayout layout, string path, IReadOnlyList<string> expected, string who)
    {
        if (!File.Exists(path)) throw new BadInputException($"{path} is missing; expected the names of the {expected.Count} classes, one a line. {layout.GetIt}");
        if (new FileInfo(path).Length > 4096)
            throw new BadInputException($"{path} is {Number(new FileInfo(path).Length)} bytes; expected the names of {expected.Count} classes, one a line. {layout.GetIt}");
        string[] lines = [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
        if (lines.Length != expected.Count)
            throw new BadInputException($"{path} names {lines.Length} classes; expected {expected.Count}: {string.Join(", ", expected)}. {layout.GetIt}");
        for (int i = 0; i < lines.Length; i++)
            if (lines[i] != expected[i])
                throw new BadInputException($"{path} calls class {i} \"{lines[i]}\"; expected \"{expected[i]}\". These are other pictures than {who}. {layout.GetIt}");
        return lines;
    }

    private static void ReadFile(CifarLayout layout, string path, int first, int count, byte[] pixels, int[][] labels)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
            Span<byte> label = stackalloc byte[labels.Length];
            for (int record = 0; record < count; record++)
            {
                stream.ReadExactly(label);
                for (int i = 0; i < label.Length; i++)
                {
                    if (label[i] >= layout.LabelClasses[i])
                        throw new BadInputException(
                            $"{path}: record {Number(record)} (byte {Number((long)record * layout.RecordSize + i)}) has label {label[i]}; expected 0 to {layout.LabelClasses[i] - 1}. "
                            + $"The file is damaged, or it is not {layout.Name}'s binary version. {layout.GetIt}");
                    labels[i][first + record] = label[i];
                }
                stream.ReadExactly(pixels.AsSpan((first + record) * CifarLayout.ImageSize, CifarLayout.ImageSize));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read: {e.Message} Check its permissions and the disk.", e);
        }
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
