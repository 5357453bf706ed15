using System.Formats.Tar;
using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

[ImageDataset(3, 24, 24, 3)]
internal sealed class ThreeShards : WebDataset<ThreeShards>;

public class ShardSplitTests
{
    private static readonly byte[] Jpeg = File.ReadAllBytes(Path.Combine(PictureGolden.Folder, "420.jpg"));
    private static readonly byte[] Png = File.ReadAllBytes(Path.Combine(PictureGolden.Folder, "palette.png"));

    /// <summary>A shard by .NET's own writer, in one of tar's formats.</summary>
    internal static void Write(string path, TarEntryFormat format, params (string Name, byte[] Content)[] files)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using TarWriter writer = new(File.Create(path), format);
        foreach ((string name, byte[] content) in files)
        {
            TarEntry entry = format switch
            {
                TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                _ => new PaxTarEntry(TarEntryType.RegularFile, name),
            };
            entry.DataStream = new MemoryStream(content);
            writer.WriteEntry(entry);
        }
    }

    /// <summary>Names longer than a header holds, labels in both forms, other files between: GNU's, PAX and ustar alike.</summary>
    [Theory]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Ustar)]
    public void Shards_of_every_format_are_indexed(TarEntryFormat format)
    {
        using TestFolder folder = new();
        string deep = string.Concat(Enumerable.Repeat("deep/", format == TarEntryFormat.Ustar ? 24 : 40));
        Write(folder["s-00.tar"], format, ("a.jpg", Jpeg), ("a.cls", "2"u8.ToArray()), ($"{deep}b.v2.json", []), ($"{deep}b.png", Png), ($"{deep}b.json", """{"label": 1, "text": "x"}"""u8.ToArray()));
        Write(folder["s-01.tar"], format, ("readme", [1, 2, 3]), ("c.cls", "0\n"u8.ToArray()), ("c.JPEG", Jpeg), ("c.txt", []), ("lonely.cls", "1"u8.ToArray()));
        ShardSplit split = ShardSplit.Open("train", folder["s-{00..01}.tar"], new Shape(3, 24, 24), 3);
        Assert.Equal([2, 1, 0], split.Labels.ToArray());
        Assert.Equal($"{folder["s-00.tar"]}: {deep}b.png", split.Describe(1));
        Assert.Equal($"{folder["s-01.tar"]}: c.JPEG", split.Describe(2));
        Picture picture = new();
        foreach ((int index, string file) in ((int, string)[])[(2, "420.jpg"), (0, "420.jpg"), (1, "palette.png")])
        {
            split.Load(index, picture);
            Assert.Equal(PictureGolden.Pixels("whole", file), PictureGolden.Rgb(picture.ShowWhole()));
        }
    }

    [Fact]
    public void A_dataset_finds_its_shards_by_folder_or_by_name()
    {
        using TestFolder folder = new();
        Refused(() => ThreeShards.Open(folder.Path), folder.Path, "train/*.tar or *train*.tar");
        Write(folder["my-train-0.tar"], TarEntryFormat.Pax, ("a.jpg", Jpeg), ("a.cls", "1"u8.ToArray()));
        Refused(() => ThreeShards.Open(folder.Path), folder.Path, "val/*.tar or *val*.tar or test/*.tar or *test*.tar");
        Write(folder["val/0.tar"], TarEntryFormat.Pax, ("a.jpg", Jpeg), ("a.cls", "0"u8.ToArray()), ("b.jpg", Jpeg), ("b.cls", "2"u8.ToArray()));
        ThreeShards data = ThreeShards.Open(folder.Path);
        Assert.Equal((1, 2), (data.Train.Count, data.Test.Count));
        Assert.Equal(["0", "1", "2"], data.ClassNames);
        File.WriteAllText(folder["classes.txt"], "cat\ndog\n");
        Refused(() => ThreeShards.Open(folder.Path), folder["classes.txt"], "names 2 classes", "declared with 3");
        File.WriteAllText(folder["classes.txt"], "cat\ndog\nfox\n");
        Assert.Equal(["cat", "dog", "fox"], ThreeShards.Open(folder.Path).ClassNames);
    }

    [Theory]
    [InlineData("a-{000..002}.tar", "a-000.tar a-001.tar a-002.tar")]
    [InlineData("a-{9..11}.tar", "a-9.tar a-10.tar a-11.tar")]
    [InlineData("a.tar", "a.tar")]
    public void Ranges_are_expanded(string pattern, string expected) => Assert.Equal(expected.Split(' '), ShardNames.Expand(pattern));

    [Theory]
    [InlineData("a-{3..1}.tar")]
    [InlineData("a-{1..}.tar")]
    [InlineData("a-{0..2147483647}.tar")]
    [InlineData("a-{1.tar")]
    public void Ranges_that_are_none_are_refused(string pattern) => Refused(() => ShardNames.Expand(pattern), pattern, "expected a range");

    private static void Refused(Func<object?> action, params string[] says)
    {
        BadInputException e = Assert.Throws<BadInputException>(action);
        Assert.All(says, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
    }
}
