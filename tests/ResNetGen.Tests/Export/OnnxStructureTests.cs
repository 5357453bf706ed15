using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;
using ResNetGen.Data;
using ResNetGen.Export;
using ResNetGen.Export.Onnx;
using ResNetGen.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Export;

/// <summary>What stands in an exported file, read back by its field numbers.</summary>
public sealed class OnnxStructureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("resnetgen-onnx-").FullName;

    [Fact]
    public void Every_kind_of_layer_has_nodes()
    {
        Type[] kinds = [.. typeof(Layer).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract)];
        Assert.True(kinds.Length >= 18, $"{kinds.Length} kinds of layers");
        Assert.Equal(kinds.Order(ByName), LayerTable.Kinds.Order(ByName));
    }

    [Theory]
    [MemberData(nameof(EveryFunction))]
    public void Every_activation_has_nodes(string function)
    {
        GraphBuilder graph = new(new Dictionary<string, OnnxTensor>(), "logits");
        var layer = new Activation("act", Enum.Parse<Function>(function));
        Flow output = LayerTable.Add(graph, layer, "act", new Flow("input", new Shape(2, 3, 3)));
        Assert.Equal(new Flow("act", new Shape(2, 3, 3)), output);
    }

    public static TheoryData<string> EveryFunction => [.. Enum.GetNames<Function>()];

    [Fact]
    public void The_model_says_its_versions_and_what_it_is()
    {
        using BasicNet network = BasicNet.Create();
        OnnxReader model = Export(network, new OnnxExportOptions
        {
            Normalization = Normalization.PerChannel(BasicNet.Architecture.Input, [0.5, 0.25, 0], [1, 0.5, 0.25]),
            ClassNames = [.. Enumerable.Range(0, 10).Select(static i => $"class {i}")],
        });
        Assert.Equal([1, 2, 7, 8, 14], model.Fields);
        Assert.Equal(8, model.Integer(1));
        Assert.Equal("ResNetGen", model.Text(2));
        Assert.Equal(17, model.Message(8).Integer(2));
        Dictionary<string, string> metadata = model.Messages(14).ToDictionary(static entry => entry.Text(1), static entry => entry.Text(2));
        Assert.Equal(["architecture", "class_names", "deviation", "mean", "network", "normalization"], metadata.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("BasicNet", metadata["network"]);
        Assert.Equal(BasicNet.Architecture.Fingerprint, metadata["architecture"]);
        Assert.Equal("PerChannel", metadata["normalization"]);
        Assert.Equal([0.5, 0.25, 0], metadata["mean"].Split(',').Select(static number => double.Parse(number, CultureInfo.InvariantCulture)));
        Assert.StartsWith("""["class 0","class 1",""", metadata["class_names"], StringComparison.Ordinal);
        Assert.Equal("BasicNet", model.Graph.Text(2));
    }

    [Fact]
    public void Without_options_nothing_is_said_that_is_not_known()
    {
        using BasicNet network = BasicNet.Create();
        Assert.Equal(["network", "architecture"], Export(network).Messages(14).Select(static entry => entry.Text(1)));
    }

    [Fact]
    public void Input_and_output_have_names_types_and_any_batch()
    {
        using BasicNet network = BasicNet.Create();
        OnnxReader graph = Export(network).Graph;
        Assert.Equal("input [N, 3, 64, 64]", Describe(graph.Message(11)));
        Assert.Equal("logits [N, 10]", Describe(graph.Message(12)));
        using Backbone backbone = Backbone.Create();
        Assert.Equal("features [N, 64, 8, 8]", Describe(Export(backbone).Graph.Message(12)));
    }

    [Fact]
    public void Nodes_are_named_after_modules_and_take_only_what_is_there()
    {
        foreach (OnnxCase each in OnnxCase.Small)
        {
            using nn.Module<Tensor, Tensor> network = each.Create();
            OnnxReader graph = Export(each.Architecture, network).Graph;
            HashSet<string> values = ["input", .. graph.Messages(5).Select(static tensor => tensor.Text(8))];
            HashSet<string> used = [], names = [], modules = [.. network.named_modules().Select(static module => module.name)];
            foreach (OnnxReader node in graph.Messages(1))
            {
                Assert.All(node.Texts(1), input => Assert.Contains(input, values));
                used.UnionWith(node.Texts(1));
                Assert.True(values.Add(node.Text(2)), $"{each.Name}: {node.Text(2)} is made twice");
                Assert.True(names.Add(node.Text(3)), $"{each.Name}: {node.Text(3)} names two nodes");
                if (node.Text(4) is "Conv" or "BatchNormalization" or "Gemm")
                    Assert.Contains(node.Text(3), modules);
            }

            // Nothing is made for nobody.
            Assert.Equal([graph.Message(12).Text(1)], values.Except(used));
        }
    }

    [Fact]
    public void A_block_of_option_A_is_a_slice_a_padding_and_a_sum()
    {
        using Networks.Cifar network = Networks.Cifar.Create();
        OnnxReader graph = Export(network).Graph;
        Assert.Equal(
        [
            "layer2.0.conv1: Conv(layer1.2.relu_1, layer2.0.conv1.weight)",
            "layer2.0.bn1: BatchNormalization(layer2.0.conv1, layer2.0.bn1.weight, layer2.0.bn1.bias, layer2.0.bn1.running_mean, layer2.0.bn1.running_var)",
            "layer2.0.relu: Relu(layer2.0.bn1)",
            "layer2.0.conv2: Conv(layer2.0.relu, layer2.0.conv2.weight)",
            "layer2.0.bn2: BatchNormalization(layer2.0.conv2, layer2.0.bn2.weight, layer2.0.bn2.bias, layer2.0.bn2.running_mean, layer2.0.bn2.running_var)",
            "layer2.0.downsample.slice: Slice(layer1.2.relu_1, constants.slice.starts, constants.slice.ends, constants.slice.axes, constants.slice.steps2)",
            "layer2.0.downsample: Pad(layer2.0.downsample.slice, constants.layer2.0.downsample.pads)",
            "layer2.0.add: Add(layer2.0.bn2, layer2.0.downsample)",
            "layer2.0.relu_1: Relu(layer2.0.add)",
        ], graph.Lines.Where(static line => line.StartsWith("layer2.0.", StringComparison.Ordinal)));
        Assert.Equal("dilations 1,1; group 1; kernel_shape 3,3; pads 1,1,1,1; strides 2,2", graph.Node("layer2.0.conv1").Attributes);
        Assert.Equal("epsilon 1E-05", graph.Node("layer2.0.bn1").Attributes);
        Assert.Equal("logits: Gemm(flatten, fc.weight, fc.bias)", graph.Lines[^1]);
    }

    [Fact]
    public void Weights_are_inside_in_32_bits_whatever_the_network_has()
    {
        using BasicC network = BasicC.Create();
        Dictionary<string, float[]> before = network.state_dict().ToDictionary(
            static entry => entry.Key, static entry => entry.Value.to_type(ScalarType.BFloat16).to_type(ScalarType.Float32).data<float>().ToArray());
        OnnxReader full = Export(network).Graph;
        Native.MemoryFormat.ChannelsLast(network);
        network.to(ScalarType.BFloat16);
        network.train();
        OnnxReader half = Export(network).Graph;
        Assert.True(network.training);

        Assert.Equal(full.Lines, half.Lines);
        StateEntry[] exported = [.. BasicC.Architecture.StateDict.Where(static entry => entry.Kind != StateKind.Counter)];
        Assert.Equal(exported.Select(static entry => entry.Key).Order(StringComparer.Ordinal), half.Messages(5).Select(static tensor => tensor.Text(8)).Order(StringComparer.Ordinal));
        foreach (StateEntry entry in exported)
        {
            OnnxReader tensor = half.Initializer(entry.Key);
            Assert.Equal(1, tensor.Integer(2));
            Assert.Equal(entry.Shape.Select(static size => (long)size), tensor.Integers(1));
            Assert.Equal(before[entry.Key], tensor.Floats);
        }
    }

    [Theory]
    [InlineData(7, 5, 3)]
    [InlineData(1, 1, 7)]
    [InlineData(6, 4, 2)]
    public void A_grid_of_means_is_torchs(int height, int width, int cells)
    {
        GraphBuilder graph = new(new Dictionary<string, OnnxTensor>(), "logits");
        Flow output = LayerTable.Add(graph, new GlobalAvgPool("pool", cells), "pool", new Flow("input", new Shape(2, height, width)));
        IReadOnlyList<OnnxTensor> constants = graph.Finish("net", new Shape(2, height, width), output).Initializers;

        using var scope = NewDisposeScope();
        Tensor maps = Parity.Formula.Images("grid", 2, 2, height, width);
        Tensor[] cellsOf = [.. constants.Select(static constant => tensor(constant.Floats(), constant.Shape.ToArray()))];
        Tensor found = cellsOf[0].matmul(maps).matmul(cellsOf[1]);
        Tensor expected = nn.functional.adaptive_avg_pool2d(maps, cells);
        Assert.Equal(expected.shape, found.shape);
        Assert.True((found - expected).abs().max().item<float>() < 1e-5f);
    }

    private OnnxReader Export<TNetwork>(TNetwork network, OnnxExportOptions? options = null)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        network.ExportOnnx(Path.Combine(_folder, "net.onnx"), options);
        return OnnxReader.Open(Path.Combine(_folder, "net.onnx"));
    }

    private OnnxReader Export(NetworkArchitecture architecture, nn.Module<Tensor, Tensor> network)
    {
        network.ExportOnnx(architecture, Path.Combine(_folder, "net.onnx"));
        return OnnxReader.Open(Path.Combine(_folder, "net.onnx"));
    }

    private static string Describe(OnnxReader value)
    {
        OnnxReader tensor = value.Message(2).Message(1);
        Assert.Equal(1, tensor.Integer(1));
        return $"{value.Text(1)} [{string.Join(", ", tensor.Message(2).Messages(1).Select(static size => size.Fields.Single() == 2 ? size.Text(2) : $"{size.Integer(1)}"))}]";
    }

    private static Comparer<Type> ByName => Comparer<Type>.Create(static (one, other) => string.CompareOrdinal(one.Name, other.Name));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
