using System.Globalization;
using ResNetGen.Data;
using ResNetGen.Tests.Export;
using ResNetGen.Weights;
using TorchSharp;
using static TorchSharp.torch;
using Trained = ResNetGen.Samples;

namespace ResNetGen.Tests.Cli;

/// <summary>samples/Classify: what it says of a picture, and what is said to those who give it something else.</summary>
public sealed class ClassifyTests : CliRuns
{
    private static readonly string[] s_names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    [Theory]
    [InlineData(NormalizationKind.PerPixelMean)]
    [InlineData(NormalizationKind.PerChannel)]
    public void It_tells_the_classes_that_the_network_gives_most(NormalizationKind kind)
    {
        Cifar10 data = Cifar10.Open(Data);
        ImageSplit test = (ImageSplit)data.Test;
        using Trained.ResNet20 network = Saved(Normalization.Measure(kind, data.Train), s_names);
        string[] pictures = [Picture("a.png", test.Image(3)), Picture("b.png", test.Image(8))];

        Ended ended = Classify([Weights, .. pictures]);
        Assert.Equal("", ended.Error);
        List<string> expected = [$"ResNet20 with the weights of {Weights}"];
        for (int i = 0; i < pictures.Length; i++)
            expected.AddRange([pictures[i], .. Best(network, Normalization.Measure(kind, data.Train), test.Image(i == 0 ? 3 : 8), s_names, 5)]);

        Assert.Equal(expected, ended.Output.TrimEnd('\n').Split('\n'));
        Assert.Equal(0, ended.Code);
    }

    [Fact]
    public void A_folder_of_a_run_is_all_it_needs()
    {
        Assert.Equal(0, Train().Code);
        Cifar10 data = Cifar10.Open(Data);
        ImageSplit test = (ImageSplit)data.Test;
        string picture = Picture("a.png", test.Image(5));
        Ended ended = Classify([Output, picture, "--top", "2"]);
        Assert.Equal("", ended.Error);

        using Trained.ResNet20 network = Trained.ResNet20.Create();
        network.LoadWeights(NewestCheckpoint(Output));
        network.eval();
        string[] lines = ended.Output.TrimEnd('\n').Split('\n');
        Assert.Equal($"ResNet20 with the weights of {NewestCheckpoint(Output)}", lines[0]);
        Assert.Equal(
            [picture, .. Best(network, Normalization.Measure(NormalizationKind.PerPixelMean, data.Train), test.Image(5), data.ClassNames, 2)], lines[^3..]);
    }

    [Fact]
    public void A_larger_picture_is_scaled_to_the_network()
    {
        Cifar10 data = Cifar10.Open(Data);
        Normalization normalization = Normalization.Measure(NormalizationKind.PerChannel, data.Train);
        using Trained.ResNet20 network = Saved(normalization, null);

        // Colours that change evenly, which no filter blurs; the large one has 18 pixels more on the left and on the right.
        static byte Colour(int channel, double y, double x) => (byte)Math.Round(channel switch { 0 => 40 + (5 * x), 1 => 200 - (4 * y), _ => 60 + (2 * x) + (3 * y) });
        byte[] small = new byte[3 * 32 * 32], large = new byte[3 * 96 * 132];
        for (int at = 0; at < small.Length; at++)
            small[at] = Colour(at / 1024, at / 32 % 32, at % 32);
        for (int at = 0; at < large.Length; at++)
            large[at] = Colour(at / (96 * 132), ((at / 132 % 96) - 1) / 3.0, ((at % 132) - 19) / 3.0);

        Samples.ImageNet.PngFile.Write(Path.Combine(Root, "large.png"), large, 132, 96);
        Ended ended = Classify([Weights, Path.Combine(Root, "large.png"), "--top", "1"]);
        // Names of CIFAR-10's own, since the weights say none.
        Assert.Contains(ended.LastLine[(ended.LastLine.LastIndexOf(' ') + 1)..], Cifar10.OfficialClassNames);
        double found = double.Parse(ended.LastLine.Split('%')[0], CultureInfo.InvariantCulture);
        double expected = double.Parse(Best(network, normalization, small, Cifar10.OfficialClassNames, 1).Single().Split('%')[0], CultureInfo.InvariantCulture);
        // Colours are rounded, and the filter has less to see at the upper and lower edge.
        Assert.InRange(found, expected - 2, expected + 2);
    }

    [Fact]
    public void It_writes_the_network_as_ONNX_with_what_its_user_must_know()
    {
        Cifar10 data = Cifar10.Open(Data);
        using Trained.ResNet20 network = Saved(Normalization.Measure(NormalizationKind.PerChannel, data.Train), s_names);
        string file = Path.Combine(Root, "net.onnx");
        Ended ended = Classify([Weights, "--onnx", file]);
        Assert.Equal((0, $"wrote {file}"), (ended.Code, ended.LastLine));
        Dictionary<string, string> metadata = OnnxReader.Open(file).Messages(14).ToDictionary(static entry => entry.Text(1), static entry => entry.Text(2));
        Assert.Equal("ResNet20", metadata["network"]);
        Assert.Equal("""["zero","one","two","three","four","five","six","seven","eight","nine"]""", metadata["class_names"]);
        Assert.Equal("PerChannel", metadata["normalization"]);
        Assert.Equal(3, metadata["mean"].Split(',').Length);
    }

    /// <summary>What is given counts for the file as it does for pictures; what is guessed is not written down.</summary>
    [Fact]
    public void The_ONNX_file_says_what_was_given_and_no_guess()
    {
        using Trained.ResNet20 network = Saved(Normalization.Measure(NormalizationKind.PerChannel, Cifar10.Open(Data).Train), null);
        string file = Path.Combine(Root, "net.onnx"), names = Path.Combine(Root, "names.txt");
        Assert.Equal(0, Classify([Weights, "--onnx", file, "--mean", "0.5,0.25,0.125", "--std", "0.5,0.25,0.125"]).Code);
        Dictionary<string, string> metadata = Metadata(file);
        Assert.Equal("PerChannel", metadata["normalization"]);
        Assert.Equal("0.5,0.25,0.125", metadata["mean"]);
        Assert.False(metadata.ContainsKey("class_names"));

        File.WriteAllLines(names, s_names);
        Assert.Equal(0, Classify([Weights, "--onnx", file, "--classes", names]).Code);
        Assert.StartsWith("""["zero","one",""", Metadata(file)["class_names"], StringComparison.Ordinal);
        Assert.NotEqual("0.5,0.25,0.125", Metadata(file)["mean"]);

        static Dictionary<string, string> Metadata(string file) =>
            OnnxReader.Open(file).Messages(14).ToDictionary(static entry => entry.Text(1), static entry => entry.Text(2));
    }

    [Theory]
    [InlineData("resnet50-11ad3fa6.pth", "resnet50")]
    [InlineData("resnet50-paper.pth", "resnet50-paper")]
    [InlineData("resnet50-paper-90.safetensors", "resnet50-paper")]
    [InlineData("resnet50", "resnet50")]
    [InlineData("resnext50_32x4d-7cdf4587.pth", "resnext50_32x4d")]
    [InlineData("vgg16_bn-6c64b313.pth", "vgg16_bn")]
    [InlineData("vgg16-397923af.pth", "vgg16")]
    public void A_file_is_of_the_longest_network_that_its_name_begins_with(string file, string network)
    {
        string path = Path.Combine(Root, file);
        File.WriteAllBytes(path, [0x80, 2]);
        Assert.Equal(network, Samples.Classify.WeightsArgument.Network(path, null).Name);
    }

    [Theory]
    [InlineData("Nothing to do: give a picture, or --onnx FILE.", "weights.safetensors")]
    [InlineData("--mean and --std belong together: give both.", "weights.safetensors", "a.png", "--mean", "0,0,0")]
    [InlineData("--std takes numbers with commas between them, above 0; got \"1,0,1\".", "weights.safetensors", "a.png", "--mean", "0,0,0", "--std", "1,0,1")]
    [InlineData("--network: there is no \"resnet51\". Did you mean resnet50?", "weights.safetensors", "a.png", "--network", "resnet51")]
    [InlineData("--top takes a whole number, from 1 to 1,000; got \"0\".", "weights.safetensors", "a.png", "--top", "0")]
    [InlineData("Required argument 'WEIGHTS' missing", "--onnx", "net.onnx")]
    public void Usage_errors_end_with_2(string message, params string[] arguments)
    {
        Ended ended = Classify(arguments);
        Assert.Contains("error: " + message, ended.Error, StringComparison.Ordinal);
        Assert.Equal((2, ""), (ended.Code, ended.Output));
    }

    [Fact]
    public void Weights_that_cannot_be_used_are_named()
    {
        string picture = Picture("a.png", ((ImageSplit)Cifar10.Open(Data).Test).Image(0));
        Fails("/nowhere/weights.pth do not exist. Give a run's folder", Classify(["/nowhere/weights.pth", picture]));
        Fails($"The folder {Root} holds no checkpoint", Classify([Root, picture]));

        string unnamed = Path.Combine(Root, "mine.pth");
        File.WriteAllBytes(unnamed, [1, 2, 3]);
        Fails("mine.pth does not say which network it is of. Give --network with one of resnet18, resnet34,", Classify([unnamed, picture]));
        Fails("mine.pth", Classify([unnamed, picture, "--network", "resnet20"]));

        using Trained.ResNet20 network = Saved(null, null);
        Fails($"{Weights} does not say how pictures were normalised for it. Give what was subtracted", Classify([Weights, picture]));
        Assert.Equal(0, Classify([Weights, picture, "--mean", "0.5,0.5,0.5", "--std", "0.25,0.25,0.25"]).Code);
        Fails("--mean and --std take a number a channel, 3 here; got 1 and 1.", Classify([Weights, picture, "--mean", "0.5", "--std", "0.25"]));

        // Weights of 20 layers in a network of 32: entries are missing, by name.
        Fails("layer1.3", Classify([Weights, picture, "--network", "resnet32"]));
    }

    [Fact]
    public void Weights_of_a_network_that_is_not_here_say_whose_they_are()
    {
        using Tests.Networks.CifarB network = Tests.Networks.CifarB.Create();
        network.SaveWeights(Weights);
        Fails("holds weights of CifarB (\"input=3x32x32;classes=10;", Classify([Weights, "a.png"]));
    }

    [Fact]
    public void Pictures_that_cannot_be_used_are_named()
    {
        using Trained.ResNet20 network = Saved(Normalization.Measure(NormalizationKind.PerChannel, Cifar10.Open(Data).Train), s_names);
        string text = Path.Combine(Root, "notes.png"), empty = Path.Combine(Root, "empty.jpg"), cut = Picture("cut.png", ((ImageSplit)Cifar10.Open(Data).Test).Image(0));
        File.WriteAllText(text, "no picture");
        File.WriteAllBytes(empty, []);
        File.WriteAllBytes(cut, File.ReadAllBytes(cut)[..200]);
        Fails("The picture /nowhere/cat.png", Classify([Weights, "/nowhere/cat.png"]));
        Fails($"{Root} is a folder; expected a JPEG or PNG file.", Classify([Weights, Root]));
        Fails($"{text} is text (\"no picture\"); expected a JPEG or PNG file.", Classify([Weights, text]));
        Fails($"{empty} is empty (0 bytes); expected a JPEG or PNG file.", Classify([Weights, empty]));
        Fails(cut, Classify([Weights, cut]));
    }

    [Fact]
    public void Names_of_classes_must_be_one_a_class()
    {
        using Trained.ResNet20 network = Saved(Normalization.Measure(NormalizationKind.PerChannel, Cifar10.Open(Data).Train), s_names);
        string picture = Picture("a.png", ((ImageSplit)Cifar10.Open(Data).Test).Image(0)), names = Path.Combine(Root, "names.txt");
        File.WriteAllLines(names, ["cat", "dog"]);
        Fails($"{names} has 2 names; ResNet20 tells 10 classes apart.", Classify([Weights, picture, "--classes", names]));
        Fails("cannot be read from /nowhere/names.txt", Classify([Weights, picture, "--classes", "/nowhere/names.txt"]));

        File.WriteAllLines(names, s_names.Select(static name => $" the {name} \n"));
        Assert.Contains("  the ", Classify([Weights, picture, "--classes", names]).LastLine, StringComparison.Ordinal);
    }

    private string Weights => Path.Combine(Root, "weights.safetensors");

    private static Ended Classify(string[] arguments)
    {
        StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int code = Samples.Classify.Cli.Run(arguments, output, error);
        return new Ended(code, output.ToString(), error.ToString());
    }

    private Trained.ResNet20 Saved(Normalization? normalization, string[]? names)
    {
        Trained.ResNet20 network = Trained.ResNet20.Create();
        OnnxCase.Fill(network);
        network.SaveWeights(Weights, normalization, names);
        return network;
    }

    private string Picture(string name, ReadOnlySpan<byte> planes)
    {
        string path = Path.Combine(Root, name);
        Samples.ImageNet.PngFile.Write(path, planes, 32, 32);
        return path;
    }

    /// <summary>The lines of the best classes, from the network itself.</summary>
    private static IEnumerable<string> Best(Trained.ResNet20 network, Normalization normalization, ReadOnlySpan<byte> pixels, IReadOnlyList<string> names, int count)
    {
        using var scope = NewDisposeScope();
        using IDisposable evaluation = no_grad();
        float[] input = new float[3072];
        normalization.Apply(pixels, input);
        float[] shares = nn.functional.softmax(network.call(tensor(input, [1L, 3, 32, 32])), 1).data<float>().ToArray();
        return [.. shares.Select((share, label) => (share, label)).OrderByDescending(static each => each.share).Take(count)
            .Select(each => string.Create(CultureInfo.InvariantCulture, $"  {100 * each.share,6:F2} %  {names[each.label]}"))];
    }

    private static void Fails(string message, Ended ended)
    {
        Assert.StartsWith("error: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains(message, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Assert.Equal(1, ended.Code);
    }
}
