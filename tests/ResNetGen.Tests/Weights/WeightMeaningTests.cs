using ResNetGen.Data;
using ResNetGen.Tests.Data;
using ResNetGen.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Weights;

/// <summary>Equal keys and shapes, other networks: what is recorded with weights, and what is refused for it.</summary>
public sealed class WeightMeaningTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    [Fact]
    public void The_stride_of_bottlenecks() =>
        Differ<StridesFirst, StridesLater>("stride", "\"stride\" is First1x1 (the paper's, \"v1\") there and Conv3x3 (torchvision's, \"v1.5\") here");

    [Fact]
    public void The_zeros_of_option_A() =>
        Differ<ZerosOnBothSides, ZerosAtTheEnd>("zeros", "\"zeros\" is Both (half before, half after) there and End (after the other channels) here");

    [Fact]
    public void A_plain_network() => Differ<SmallPlain, Small8>("shortcut", "\"shortcut\" is none (a plain network) there and A here", "zeros");

    [Fact]
    public void The_order_in_a_unit() => Differ<SmallOtherUnit, Small8>("unit", "\"unit\" is ReLUBeforeAddition there and the usual here");

    [Fact]
    public void What_shortcuts_are_scaled_by() => Differ<Small8, SmallScaled>("skip", "\"skip\" is the usual there and ConstantScale-0.5-1 here");

    [Fact]
    public void The_size_of_the_picture_is_noted()
    {
        using Small8 from = Small8.Create();
        using SmallPictures8 to = SmallPictures8.Create();
        from.SaveWeights(folder["a.safetensors"]);
        Assert.Equal("Small8 was trained on pictures of 3x32x32, SmallPictures8 takes 3x16x16", Assert.Single(to.LoadWeights(folder["a.safetensors"]).Notes));
    }

    [Fact]
    public void What_is_copied_in_part_means_the_same()
    {
        using SmallOtherUnit from = SmallOtherUnit.Create();
        using Small14 to = Small14.Create();
        from.SaveWeights(folder["a.safetensors"]);
        string message = Assert.Throws<BadInputException>(() => to.LoadWeights(folder["a.safetensors"], new() { Strict = false })).Message;
        // Other stages are what was asked for; the other unit is not.
        Assert.Contains("although the entries fit: \"unit\" is ReLUBeforeAddition there and the usual here. ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Torchvision_s_weights_have_torchvision_s_stride()
    {
        string path = PyTorchFileTests.Golden("resnet50.pth");
        using ImageNet50OfThePaper paper = ImageNet50OfThePaper.Create();
        string message = Assert.Throws<BadInputException>(() => paper.LoadPretrained(path)).Message;
        Assert.Contains("\"stride\" is Conv3x3 (torchvision's, \"v1.5\") there and First1x1 (the paper's, \"v1\") here", message, StringComparison.Ordinal);
        Assert.Contains("They are taken for torchvision's resnet50, which [Pretrained] names", message, StringComparison.Ordinal);
        Assert.Contains(paper.LoadWeights(path, new() { Allow = ["stride"] }).Notes, note => note.StartsWith("loaded although \"stride\" is ", StringComparison.Ordinal));
    }

    /// <summary>Nobody said whose weights they are: they load, with a word on what was taken for granted.</summary>
    [Fact]
    public void A_file_that_says_nothing_is_taken_for_the_network_s_own()
    {
        using Unnamed50 net = Unnamed50.Create();
        LoadedWeights loaded = net.LoadWeights(PyTorchFileTests.Golden("resnet50.pth"));
        Assert.Null(loaded.Record);
        Assert.Equal(
            "the file says nothing of its network: taken for Unnamed50's own, in which \"stride\" is First1x1 (the paper's, \"v1\"); nor how its pictures were normalised. "
            + "torchvision's resnet50 has the same entries and another meaning: write [Pretrained(\"resnet50\")] if these are its weights",
            Assert.Single(loaded.Notes));
    }

    [Fact]
    public void Normalisations_come_back_to_the_bit()
    {
        using Small8 net = Small8.Create();
        ImageSplit pictures = Pictures();
        foreach (NormalizationKind kind in Enum.GetValues<NormalizationKind>())
        {
            Normalization measured = Normalization.Measure(kind, pictures);
            net.SaveWeights(folder["a.safetensors"], measured, [.. Enumerable.Range(0, 10).Select(i => $"class \"{i}\"")]);
            WeightRecord record = net.LoadWeights(folder["a.safetensors"], new() { Normalization = measured }).Record!;
            Assert.Equal(kind, record.Normalization!.Kind);
            Assert.Equal(measured.Mean, record.Normalization.Mean);
            Assert.Equal(measured.Scale, record.Normalization.Scale);
            Assert.Equal("class \"3\"", record.ClassNames[3]);
        }
    }

    [Fact]
    public void Another_normalisation_than_the_recorded_one_is_refused()
    {
        using Small8 net = Small8.Create();
        Normalization imageNet = NormalizationText.ByChannel(NormalizationKind.ImageNet, Small8.Architecture.Input, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
        Normalization none = Normalization.Measure(NormalizationKind.None, Pictures());
        net.SaveWeights(folder["a.safetensors"], imageNet);
        string message = Assert.Throws<BadInputException>(() => net.LoadWeights(folder["a.safetensors"], new() { Normalization = none })).Message;
        Assert.Contains("\"normalization\" is mean (0.485, 0.456, 0.406), deviation (0.229, 0.224, 0.225) by channel there and none here", message, StringComparison.Ordinal);
        Assert.Contains("loaded although \"normalization\"", net.LoadWeights(folder["a.safetensors"], new() { Normalization = none, Allow = ["normalization"] }).ToString(), StringComparison.Ordinal);

        // torchvision's own is known without a word in the file.
        using ImageNet18 published = ImageNet18.Create();
        Normalization known = published.LoadWeights(PyTorchFileTests.Golden("resnet18.pth")).Record!.Normalization!;
        Assert.True(NormalizationText.Same(imageNet, known));
    }

    [Theory]
    [InlineData("resnetgen.weights", "2", "its record is of version \"2\"")]
    [InlineData("network", null, "its record has no \"network\"")]
    [InlineData("architecture", null, "its record has no \"architecture\"")]
    [InlineData("normalization", "Whole", "\"Whole\" for its normalisation; expected None, PerPixelMean, PerChannel, ImageNet")]
    [InlineData("normalization", "2", "\"2\" for its normalisation")]
    [InlineData("normalization", "PerPixelMean", "no \"mean_image\"")]
    [InlineData("mean", null, "its record has no \"mean\"")]
    [InlineData("mean", "0.5,0.5", "\"mean\" must be 3 numbers")]
    [InlineData("mean", "0.5,x,\u001b[31m", "found \"0.5,x,?[31m\"")]
    [InlineData("deviation", "0.2,0,0.2", "\"deviation\" must be 3 numbers")]
    [InlineData("deviation", "0.2,NaN,0.2", "\"deviation\" must be 3 numbers")]
    [InlineData("class_names", "[1]", "no list of names")]
    [InlineData("class_names", "[null]", "no list of names")]
    [InlineData("class_names", "a", "no list of names")]
    public void A_malformed_record_is_refused(string key, string? value, string says)
    {
        using Small8 net = Small8.Create();
        Dictionary<string, string> metadata = RecordText.Write(
            new() { Network = "Small8", Architecture = Small8.Architecture.Fingerprint, Normalization = NormalizationText.ByChannel(NormalizationKind.PerChannel, new(3, 32, 32), [0.5, 0.5, 0.5], [0.2, 0.2, 0.2]) });
        if (value is null)
            Assert.True(metadata.Remove(key));
        else
            metadata[key] = value;
        Safetensors.Save(folder["a.safetensors"], net.state_dict(), metadata);
        Assert.Contains(says, Assert.Throws<SafetensorsException>(() => net.LoadWeights(folder["a.safetensors"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mean_image", "?", "no picture of float32 values in base64")]
    [InlineData("mean_image", "AAAA", "no picture of float32 values in base64")]
    [InlineData("mean_image", "AAAAAA==", "has 1 values, \"mean_shape\" 3×32×32")]
    [InlineData("mean_shape", "3x32x32x1", "\"mean_shape\" is \"3x32x32x1\"")]
    [InlineData("mean_shape", "-3x-32x32", "\"mean_shape\" is \"-3x-32x32\"")]
    [InlineData("mean_shape", "32767x32767x32767", "has 3,072 values")]
    public void A_malformed_mean_picture_is_refused(string key, string value, string says)
    {
        using Small8 net = Small8.Create();
        net.SaveWeights(folder["good.safetensors"], Normalization.Measure(NormalizationKind.PerPixelMean, Pictures()));
        Dictionary<string, string> metadata;
        using (SafetensorsReader good = SafetensorsReader.Open(folder["good.safetensors"]))
            metadata = new(good.Metadata) { [key] = value };
        Safetensors.Save(folder["a.safetensors"], net.state_dict(), metadata);
        Assert.Contains(says, Assert.Throws<SafetensorsException>(() => net.LoadWeights(folder["a.safetensors"])).Message, StringComparison.Ordinal);
    }

    /// <summary>The metadata that other programs read: PyTorch's mark, and the structure in words.</summary>
    [Fact]
    public void The_record_can_be_read_by_anyone()
    {
        using StridesLater net = StridesLater.Create();
        net.SaveWeights(folder["a.safetensors"]);
        using SafetensorsReader reader = SafetensorsReader.Open(folder["a.safetensors"]);
        Assert.Equal("pt", reader.Metadata["format"]);
        Assert.Equal("StridesLater", reader.Metadata["network"]);
        Assert.Contains(";classes=10;", reader.Metadata["architecture"], StringComparison.Ordinal);
        Assert.Contains(";stride=Conv3x3;", reader.Metadata["architecture"], StringComparison.Ordinal);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static ImageSplit Pictures()
    {
        byte[] pixels = new byte[4 * 3 * 32 * 32];
        new Random(3).NextBytes(pixels);
        return new ImageSplit("random", new(3, 32, 32), 10, pixels, new[] { 0, 1, 2, 3 });
    }

    private void Differ<TFrom, TTo>(string name, string says, params string[] more)
        where TFrom : nn.Module<Tensor, Tensor>, INetwork<TFrom>
        where TTo : nn.Module<Tensor, Tensor>, INetwork<TTo>
    {
        using TFrom from = TFrom.Create();
        using TTo to = TTo.Create();
        // Otherwise names and shapes alone would tell.
        Assert.Equal(from.state_dict().Select(entry => $"{entry.Key} {string.Join(' ', entry.Value.shape)}"), to.state_dict().Select(entry => $"{entry.Key} {string.Join(' ', entry.Value.shape)}"));
        byte[] before = to.state_dict()["conv1.weight"].bytes.ToArray();
        from.SaveWeights(folder["a.safetensors"]);

        string message = Assert.Throws<BadInputException>(() => to.LoadWeights(folder["a.safetensors"])).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.Contains($"LoadOptions.Allow = [{string.Join(", ", more.Prepend(name).Select(each => $"\"{each}\""))}]", message, StringComparison.Ordinal);
        Assert.Equal(before, to.state_dict()["conv1.weight"].bytes.ToArray());

        LoadedWeights loaded = to.LoadWeights(folder["a.safetensors"], new() { Allow = [name, .. more] });
        Assert.Contains("loaded although " + says, loaded.Notes);
        LoadWeightsTests.AssertSame(from, to);
    }
}
