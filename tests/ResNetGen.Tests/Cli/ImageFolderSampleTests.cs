using ResNetGen.Samples.ImageNet;

namespace ResNetGen.Tests.Cli;

/// <summary>samples/ImageNet: folders of pictures.</summary>
public sealed class ImageFolderSampleTests : CliRuns
{
    private string Small => Path.Combine(Root, "small");

    private static Ended RunImages(params string[] arguments)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        int code = Samples.ImageNet.Cli.Run(arguments, output, error);
        return new Ended(code, output.ToString(), error.ToString());
    }

    [Fact]
    public void The_small_folder_has_the_pictures_and_labels_that_it_was_made_of()
    {
        Cifar10 source = Cifar10.Open(Data);
        Assert.Equal(Small, SmallFolder.Make(Small, source));
        string marker = Path.Combine(Small, "MADE-FROM.txt");
        DateTime made = File.GetLastWriteTimeUtc(marker);

        TenClasses read = TenClasses.Open(Small);
        Assert.Equal((200, 40), (read.Train.Count, read.Test.Count));
        int[] classes = new int[10];
        foreach (int label in source.Train.Labels) classes[Array.IndexOf([.. read.ClassNames], source.ClassNames[label])]++;
        Assert.Equal(classes, Enumerable.Range(0, 10).Select(c => read.Train.Labels.ToArray().Count(label => label == c)));

        // It is not made twice.
        SmallFolder.Make(Small, source);
        Assert.Equal(made, File.GetLastWriteTimeUtc(marker));
    }

    [Fact]
    public void Another_folder_is_not_overwritten()
    {
        Directory.CreateDirectory(Small);
        File.WriteAllText(Path.Combine(Small, "mine.txt"), "kept");
        BadInputException refused = Assert.Throws<BadInputException>(() => SmallFolder.Make(Small, Cifar10.Open(Data)));
        Assert.Contains("holds something else", refused.Message, StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(Path.Combine(Small, "mine.txt")));
    }

    [Fact]
    public void Trains_on_files_and_ends_with_a_report()
    {
        SmallFolder.Make(Small, Cifar10.Open(Data));
        Ended ended = RunImages("--small", "--data", Small, "--output", Output, "--epochs", "1", "--limit-batches", "1", "--batch-size", "16",
            "--device", "cpu", "--precision", "fp32");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.StartsWith("test accuracy ", ended.LastLine, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Output, "report.html")));
    }

    [Theory]
    [InlineData("No folder with ImageNet was given", "--network", "resnet50")]
    [InlineData("there is no \"resnet60\" for ImageNet. Did you mean resnet50?", "--network", "resnet60", "--data", ".")]
    [InlineData("there is no \"vgg16bn\" for TenClasses", "--small", "--network", "vgg16bn")]
    [InlineData("there is no \"resnet18\" for ImageNet160", "--recipe", "strikes-back-a3", "--network", "resnet18", "--data", ".")]
    public void Bad_input_gets_a_message(string said, params string[] arguments)
    {
        Ended ended = RunImages(arguments);
        Assert.Equal(1, ended.Code);
        Assert.Contains(said, ended.Error, StringComparison.Ordinal);
    }
}
