using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

public class CifarFolderTests
{
    private const int PerFile = 20;

    private static string Meta => string.Join('\n', Cifar10.OfficialClassNames) + "\n\n";

    /// <summary>A small set with the marker, since official files hold 10,000 records each.</summary>
    private static string Small(TestFolder folder) => ProceduralPictures.Write(folder.Path, 3, PerFile);

    [Fact]
    public void Records_are_read_as_the_format_says()
    {
        using var folder = new TestFolder();
        string bin = Small(folder);
        for (int file = 1; file <= 5; file++) File.WriteAllBytes(Path.Combine(bin, $"data_batch_{file}.bin"), Records(file));
        File.WriteAllBytes(Path.Combine(bin, "test_batch.bin"), Records(6));
        Cifar10 data = Cifar10.Open(folder.Path);
        Assert.Equal(5 * PerFile, data.Train.Count);
        Assert.Equal(PerFile, data.Test.Count);
        for (int i = 0; i < data.Train.Count; i++)
        {
            (int file, int record) = (i / PerFile + 1, i % PerFile);
            Assert.Equal((file + record) % 10, data.Train.Labels[i]);
            ReadOnlySpan<byte> image = data.Train.Image(i);
            // Red, green and blue plane, row by row.
            Assert.Equal(Value(file, record, 0), image[0]);
            Assert.Equal(Value(file, record, 1024 + 32 + 5), image[1 * 1024 + 1 * 32 + 5]);
            Assert.Equal(Value(file, record, 3071), image[3071]);
        }
        Assert.Equal(Value(6, 7, 100), data.Test.Image(7)[100]);
    }

    [Fact]
    public void The_folder_itself_may_be_named_too()
    {
        using var folder = new TestFolder();
        string inner = Small(folder);
        Assert.Equal(Cifar10.Open(folder.Path).Train.Fingerprint, Cifar10.Open(inner).Train.Fingerprint);
    }

    [Fact]
    public void Official_names_without_the_marker_demand_official_sizes()
    {
        using var folder = new TestFolder();
        string bin = Small(folder);
        File.Delete(Path.Combine(bin, "PROCEDURAL.txt"));
        File.WriteAllText(Path.Combine(bin, "batches.meta.txt"), Meta);
        Refused(folder.Path, "data_batch_1.bin", "61,460 bytes", "expected 30,730,000", "cut off in record 20");
    }

    [Fact]
    public void Procedural_pictures_without_their_marker_are_not_taken_for_cifar()
    {
        using var folder = new TestFolder();
        File.Delete(Path.Combine(Small(folder), "PROCEDURAL.txt"));
        Refused(folder.Path, "batches.meta.txt", "class 0 \"disc\"", "expected \"airplane\"", "other pictures than CIFAR-10");
    }

    [Fact]
    public void A_truncated_file_is_named_with_sizes_and_record()
    {
        using var folder = new TestFolder();
        string bin = Small(folder);
        using (FileStream file = File.OpenWrite(Path.Combine(bin, "data_batch_4.bin"))) file.SetLength(7 * 3073 + 100);
        Refused(folder.Path, "data_batch_4.bin", "21,611 bytes", "expected 61,460", "cut off in record 7, after 100 of its 3073 bytes");
    }

    [Fact]
    public void Bytes_behind_the_last_record_are_refused()
    {
        using var folder = new TestFolder();
        File.AppendAllText(Path.Combine(Small(folder), "test_batch.bin"), "x");
        Refused(folder.Path, "test_batch.bin", "61,461 bytes", "expected 61,460", "1 bytes follow");
    }

    [Fact]
    public void A_wrong_label_is_named_with_its_record_and_place()
    {
        using var folder = new TestFolder();
        string bin = Small(folder);
        foreach (string name in (string[])["data_batch_5.bin", "data_batch_3.bin"])
        {
            string path = Path.Combine(bin, name);
            byte[] bytes = File.ReadAllBytes(path);
            bytes[17 * 3073] = 200;
            File.WriteAllBytes(path, bytes);
        }
        Refused(folder.Path, "data_batch_3.bin", "record 17", "byte 52,241", "label 200", "0 to 9");
    }

    [Fact]
    public void Missing_and_empty_files_are_named()
    {
        using var folder = new TestFolder();
        string bin = Small(folder);
        File.WriteAllBytes(Path.Combine(bin, "data_batch_2.bin"), []);
        Refused(folder.Path, "data_batch_2.bin", "is empty", "61,460");
        File.Delete(Path.Combine(bin, "data_batch_2.bin"));
        Refused(folder.Path, "data_batch_2.bin", "is missing", "61,460");
    }

    [Theory]
    [InlineData("disc\nring\n", "names 2 classes", "expected 10")]
    [InlineData("", "names 0 classes", "expected 10")]
    [InlineData("disc\nring\nsquare\ntriangle\ncross\nstar\nstripes\nchecks\nwaves\ndots\n", "class 8 \"waves\"", "expected \"dots\"")]
    public void Wrong_class_names_are_refused(string meta, string found, string expected)
    {
        using var folder = new TestFolder();
        File.WriteAllText(Path.Combine(Small(folder), "batches.meta.txt"), meta);
        Refused(folder.Path, "batches.meta.txt", found, expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Procedural pictures made by ResNetGen. These are not CIFAR-10.\nversion=1\nseed=1\npictures-per-file=2000000000\n")]
    [InlineData("Procedural pictures made by ResNetGen. These are not CIFAR-10.\nversion=1\nseed=x\npictures-per-file=20\n")]
    public void A_wrong_marker_is_refused(string marker)
    {
        using var folder = new TestFolder();
        File.WriteAllText(Path.Combine(Small(folder), "PROCEDURAL.txt"), marker);
        Refused(folder.Path, "PROCEDURAL.txt", "Delete the folder");
    }

    [Fact]
    public void Folders_that_hold_something_else_are_told_apart()
    {
        using var folder = new TestFolder();
        Refused(folder["nowhere"], "nowhere", "does not exist");
        Refused(folder.Path, "holds no folder cifar-10-batches-bin");
        Directory.CreateDirectory(folder["cifar-10-batches-py"]);
        Refused(folder.Path, "the Python version", "the binary version");
        File.WriteAllText(folder["cifar-10-binary.tar.gz"], "x");
        Refused(folder.Path, "not unpacked", "tar -xzf");
        Refused(folder["cifar-10-binary.tar.gz"], "is a file", "expected a folder");
    }

    private static void Refused(string folder, params string[] says)
    {
        var e = Assert.Throws<BadInputException>(() => Cifar10.Open(folder));
        Assert.All(says, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
    }

    private static byte Value(int file, int record, int i) => (byte)(file * 31 + record * 7 + i * 3);

    private static byte[] Records(int file)
    {
        byte[] bytes = new byte[PerFile * 3073];
        for (int record = 0; record < PerFile; record++)
        {
            bytes[record * 3073] = (byte)((file + record) % 10);
            for (int i = 0; i < 3072; i++) bytes[record * 3073 + 1 + i] = Value(file, record, i);
        }
        return bytes;
    }
}
