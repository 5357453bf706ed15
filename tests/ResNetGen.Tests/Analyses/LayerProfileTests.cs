using System.Text.Json;
using System.Xml.Linq;
using ResNetGen.Analyses;
using ResNetGen.Data;
using ResNetGen.Tests.Parity;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Analyses;

/// <summary>Responses and gradients inside networks against PyTorch's, from the same weights and images.</summary>
public sealed class LayerProfileTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Names => ["ResNet14", "Plain14", "PreAct8"];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Responses_are_PyTorchs(string name)
    {
        using nn.Module<Tensor, Tensor> network = Network(name);
        network.train();
        string before = State(network);
        LayerProfile profile = LayerResponses.Measure(network, Enumerable.Range(0, 3).Select(Images));

        AssertAlike(Golden("responses", name), profile, 2e-5);
        Assert.Equal(24, profile.Images);
        Assert.Equal(name, profile.Network);
        Assert.Equal(before, State(network));
        Assert.All(network.modules(), static module => Assert.True(module.training));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_PyTorchs(string name)
    {
        using nn.Module<Tensor, Tensor> network = Network(name);
        network.eval();
        string before = State(network);
        LayerProfile profile = GradientNorms.Measure(
            network, Enumerable.Range(0, 2).Select(static i => (Images(i), Formula.Labels($"labels{i}", 8, 10))));

        AssertAlike(Golden("gradients", name), profile, 1e-4);
        Assert.Equal(16, profile.Images);
        Assert.Equal(before, State(network));
        Assert.All(network.modules(), static module => Assert.False(module.training));
        Assert.All(network.parameters(), static parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Batches_of_any_size_come_to_the_same()
    {
        using nn.Module<Tensor, Tensor> network = Network("ResNet14");
        Tensor all = Images(0);
        LayerProfile whole = LayerResponses.Measure(network, [all]);
        LayerProfile parts = LayerResponses.Measure(network, [all.narrow(0, 0, 1), all.narrow(0, 1, 5), all.narrow(0, 6, 2)]);
        AssertAlike(whole.Layers, parts, 1e-6);
    }

    [Fact]
    public void Figure_7_has_the_layers_in_order_and_by_magnitude()
    {
        LayerProfile profile = Profile(("a", 2), ("b", 3), ("c", 1));
        Assert.Equal(["b", "a", "c"], profile.ByMagnitude().Select(static layer => layer.Layer));
        Assert.Equal("index,layer,value\n1,a,2\n2,b,3\n3,c,1\n", profile.ToCsv());
        JsonElement json = JsonDocument.Parse(profile.ToJson()).RootElement;
        Assert.Equal("Net", json.GetProperty("network").GetString());
        Assert.Equal([2, 3, 1], json.GetProperty("layers").EnumerateArray().Select(static layer => layer.GetProperty("value").GetDouble()));
    }

    [Fact]
    public void A_source_gives_the_same_as_its_batches()
    {
        using nn.Module<Tensor, Tensor> network = Network("ResNet14");
        byte[] pixels = [.. Formula.Uniform("pixels", 20 * 3072).Select(static u => (byte)(u * 256))];
        ImageSplit source = new("train", new ResNetGen.Architecture.Shape(3, 32, 32), 10, pixels, new int[20]);
        Normalization plain = Normalization.Measure(NormalizationKind.None, source);
        Tensor images = tensor(pixels.Take(17 * 3072).Select(static b => b / 255f).ToArray(), [17, 3, 32, 32]);

        AssertAlike(LayerResponses.Measure(network, [images]).Layers, LayerResponses.Measure(network, source, plain, pictures: 17, batchSize: 8), 1e-5);
        LayerProfile whole = GradientNorms.Measure(network, [(images, zeros(17, int64))]);
        AssertAlike(whole.Layers, GradientNorms.Measure(network, source, plain, pictures: 17, batchSize: 128), 1e-3);
        Assert.Equal(20, GradientNorms.Measure(network, source, plain, batchSize: 10).Images);
        Assert.Throws<BadInputException>(() => LayerResponses.Measure(network, source, plain, pictures: 0));
    }

    [Fact]
    public void Figure_7_is_drawn_with_all_of_every_network()
    {
        XElement svg = XElement.Parse(LayerFigure.Draw("Responses", ("plain-14", Profile(("a", 9), ("b", 3), ("c", 1))), ("ResNet-14", Profile(("a", 2), ("b", 1)))).ToSvg());
        string[] texts = [.. svg.Descendants().Where(static e => e.Name.LocalName == "text").Select(static e => e.Value)];
        foreach (string text in new[] { "Responses", "plain-14", "ResNet-14", "original order", "sorted by magnitude", "something" })
        {
            Assert.Contains(texts, found => found.Contains(text, StringComparison.Ordinal));
        }

        Assert.Throws<ArgumentException>(() => LayerFigure.Draw("Responses"));
        Assert.Throws<ArgumentException>(() => LayerFigure.Draw("Responses", ("a", Profile(("a", 9))), ("b", Profile(("a", 9)) with { Quantity = "another" })));
    }

    [Theory]
    [InlineData("figure7.csv", "index,layer")]
    [InlineData("figure7.json", "{\n")]
    public void A_file_is_what_its_name_says(string file, string start)
    {
        string folder = Directory.CreateTempSubdirectory("resnetgen-analyses-").FullName;
        try
        {
            Profile(("a", 2)).Save(Path.Combine(folder, file));
            Assert.StartsWith(start, File.ReadAllText(Path.Combine(folder, file)), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Nothing_to_look_at_is_said()
    {
        using nn.Module<Tensor, Tensor> network = Network("ResNet14");
        Assert.Contains("at least one batch", Assert.Throws<BadInputException>(() => LayerResponses.Measure(network, [])).Message, StringComparison.Ordinal);
        Assert.Contains("at least one batch", Assert.Throws<BadInputException>(() => GradientNorms.Measure(network, [])).Message, StringComparison.Ordinal);
        using nn.Module<Tensor, Tensor> linear = nn.Sequential(("0", nn.Flatten()), ("1", nn.Linear(3072, 10)));
        Assert.Contains("no 3×3 convolution", Assert.Throws<BadInputException>(() => LayerResponses.Measure(linear, [Images(0)])).Message, StringComparison.Ordinal);
        foreach (TorchSharp.Modules.Parameter parameter in network.parameters()) parameter.requires_grad = false;
        Assert.Contains("requires_grad", Assert.Throws<BadInputException>(
            () => GradientNorms.Measure(network, [(Images(0), Formula.Labels("labels0", 8, 10))])).Message, StringComparison.Ordinal);
    }

    private static nn.Module<Tensor, Tensor> Network(string name)
    {
        nn.Module<Tensor, Tensor> network = name switch
        {
            "ResNet14" => ResNet14.Create(),
            "Plain14" => Plain14.Create(),
            _ => PreAct8.Create(),
        };
        Formula.Fill(network);
        return network;
    }

    private static Tensor Images(int i) => Formula.Images($"batch{i}", 8, 3, 32, 32);

    private static LayerProfile Profile(params (string Layer, double Value)[] layers) => new()
    {
        Network = "Net",
        Quantity = "something",
        Images = 1,
        Layers = [.. layers.Select(static layer => new LayerValue(layer.Layer, layer.Value))],
    };

    private static LayerValue[] Golden(string what, string network)
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Analyses", "analyses.golden.json"));
        return [.. JsonDocument.Parse(file).RootElement.GetProperty(what).GetProperty(network).EnumerateArray()
            .Select(static entry => new LayerValue(entry.GetProperty("layer").GetString()!, entry.GetProperty("value").GetDouble()))];
    }

    private static void AssertAlike(IReadOnlyList<LayerValue> expected, LayerProfile found, double tolerance)
    {
        Assert.Equal(expected.Select(static layer => layer.Layer), found.Layers.Select(static layer => layer.Layer));
        foreach ((LayerValue wanted, LayerValue got) in expected.Zip(found.Layers))
        {
            Assert.True(Math.Abs(wanted.Value - got.Value) <= tolerance * wanted.Value, $"{wanted.Layer}: expected {wanted.Value}, found {got.Value}");
        }
    }

    /// <summary>Every tensor of a network, bit for bit.</summary>
    private static string State(nn.Module network) => string.Concat(
        network.state_dict().Select(static entry => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(entry.Value.contiguous().bytes))));
}
