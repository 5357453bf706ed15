using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

public class Cifar100Tests
{
    [Fact]
    public void Records_have_a_group_a_class_and_pixels()
    {
        using TestFolder folder = new();
        Make(folder);
        Cifar100 data = Cifar100.Open(folder.Path);
        Assert.Equal((50_000, 10_000), (data.Train.Count, data.Test.Count));
        Assert.Equal((77, 13), (data.Train.Labels[777], data.TrainByGroup.Labels[777]));
        Assert.Equal((100, 20), (data.Train.Classes, data.TrainByGroup.Classes));
        ReadOnlySpan<byte> image = data.Test.Image(9_999);
        Assert.Equal((9_999 % 251, (9_999 + 3_071) % 251), (image[0], image[3_071]));
        Assert.Equal(("apple", "worm", 100), (data.ClassNames[0], data.ClassNames[99], data.ClassNames.Count));
        Assert.Equal(20, Cifar100.OfficialGroupNames.Count);
        Assert.Equal(data.ClassNames, data.ClassNames.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Wrong_files_are_named()
    {
        using TestFolder folder = new();
        Refused("does not exist", "cifar-100-binary.tar.gz", folder["nowhere"]);
        Directory.CreateDirectory(folder["cifar-100-python"]);
        Refused("the Python version", "cifar-100-binary", folder.Path);
        Make(folder);
        string train = folder["cifar-100-binary/train.bin"];
        byte[] bytes = File.ReadAllBytes(train);
        bytes[3074 * 17 + 1] = 100;
        File.WriteAllBytes(train, bytes);
        Refused("record 17 (byte 52,259) has label 100; expected 0 to 99", train, folder.Path);
        bytes[3074 * 17] = 20;
        File.WriteAllBytes(train, bytes);
        Refused("record 17 (byte 52,258) has label 20; expected 0 to 19", train, folder.Path);
        File.WriteAllBytes(train, bytes[..3075]);
        Refused("it is cut off in record 1, after 1 of its 3074 bytes", train, folder.Path);
        File.WriteAllText(folder["cifar-100-binary/fine_label_names.txt"], string.Join('\n', Cifar100.OfficialClassNames.Reverse()));
        Refused("calls class 0 \"worm\"; expected \"apple\"", "fine_label_names.txt", folder.Path);
    }

    /// <summary>The archive's own files are unpacked, and nothing else of it.</summary>
    [Fact]
    public void The_archive_is_unpacked_by_name()
    {
        using TestFolder folder = new();
        ShardSplitTests.Write(
            folder["archive.tar"],
            System.Formats.Tar.TarEntryFormat.Gnu,
            ("cifar-100-binary/fine_label_names.txt", "apple\n"u8.ToArray()), ("cifar-100-binary/other.txt", [1]), ("cifar-100-binary/test.bin", [2, 3]));
        using MemoryStream packed = new();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(File.ReadAllBytes(folder["archive.tar"]));
        packed.Position = 0;
        CifarArchive.Unpack(packed, folder["out"], CifarLayout.Cifar100);
        Assert.Equal(
            ["fine_label_names.txt", "test.bin"],
            Directory.EnumerateFiles(folder["out/cifar-100-binary"]).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Equal("03b5dce01913d631647c71ecec9e9cb8", CifarArchive.OfficialMd5Of100);
    }

    private static void Refused(string says, string names, string folder)
    {
        BadInputException e = Assert.Throws<BadInputException>(() => Cifar100.Open(folder));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Contains(names, e.Message, StringComparison.Ordinal);
    }

    private static void Make(TestFolder folder)
    {
        string inner = Directory.CreateDirectory(folder["cifar-100-binary"]).FullName;
        File.WriteAllLines(Path.Combine(inner, "fine_label_names.txt"), Cifar100.OfficialClassNames);
        File.WriteAllLines(Path.Combine(inner, "coarse_label_names.txt"), Cifar100.OfficialGroupNames);
        File.WriteAllBytes(Path.Combine(inner, "train.bin"), Records(50_000));
        File.WriteAllBytes(Path.Combine(inner, "test.bin"), Records(10_000));
    }

    private static byte[] Records(int count)
    {
        byte[] bytes = new byte[count * 3074];
        for (int record = 0; record < count; record++)
        {
            Span<byte> row = bytes.AsSpan(record * 3074, 3074);
            (row[0], row[1]) = ((byte)(record % 20 == 17 ? 13 : record % 20), (byte)(record % 100));
            (row[2], row[3073]) = ((byte)(record % 251), (byte)((record + 3_071) % 251));
        }
        return bytes;
    }
}
