using ResNetGen.Data;
using ResNetGen.Tests.Cli;

namespace ResNetGen.Tests.Hostile;

/// <summary>Folders in CIFAR-10's layout with one bad file; the message names that file.</summary>
internal static class CifarFiles
{
    private const int Records = 40;

    public static IReadOnlyList<HostileFile> All { get; } =
    [
        Folder("cifar-empty", "data_batch_2.bin", static _ => [], "is empty"),
        Folder("cifar-cut", "data_batch_3.bin", static bytes => bytes[..^1], "it is cut off in record 39"),
        Folder("cifar-long", "data_batch_4.bin", static bytes => [.. bytes, 0], "1 bytes follow the last record"),
        Folder("cifar-label", "test_batch.bin", static bytes => Label(bytes, 3, 10), "record 3", "has label 10"),
        Folder("cifar-names", "batches.meta.txt", static _ => "cat\ndog\n"u8.ToArray(), "names 2 classes"),
        Folder("cifar-names-long", "batches.meta.txt", static _ => new byte[1 << 20], "1,048,576 bytes"),
        new("cifar-file", [1, 2, 3], Open, "is a file; expected a folder"),
        new("cifar-nothing", static path => Directory.CreateDirectory(path), Open, "holds no folder cifar-10-batches-bin"),
    ];

    private static void Open(string path) => Cifar10.Open(path);

    private static HostileFile Folder(string name, string bad, Func<byte[], byte[]> change, params string[] says) => new(
        name,
        path =>
        {
            string inner = Directory.CreateDirectory(Path.Combine(path, CifarFolder.FolderName)).FullName;
            foreach (string file in Directory.EnumerateFiles(Path.Combine(PictureFolder.Shared, CifarFolder.FolderName)))
            {
                File.Copy(file, Path.Combine(inner, Path.GetFileName(file)));
            }

            string target = Path.Combine(inner, bad);
            File.WriteAllBytes(target, change(File.ReadAllBytes(target)));
        },
        Open,
        says)
    {
        Names = path => Path.Combine(path, CifarFolder.FolderName, bad),
    };

    private static byte[] Label(byte[] bytes, int record, byte label)
    {
        Assert.Equal(Records * CifarFolder.RecordSize, bytes.Length);
        bytes[record * CifarFolder.RecordSize] = label;
        return bytes;
    }
}
