using ResNetGen.Export;
using ResNetGen.Tests.Networks;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Export;

public sealed class OnnxFoldingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("resnetgen-onnx-").FullName;

    [Fact]
    public void A_normalisation_after_a_convolution_becomes_part_of_it()
    {
        OnnxReader graph = Folded<BasicNet>();
        Assert.DoesNotContain(graph.Messages(1), static node => node.Text(4) == "BatchNormalization");
        Assert.Contains("bn1: Conv(input, conv1.weight.folded, conv1.bias.folded)", graph.Lines);
        Assert.Equal("conv1", graph.Messages(1).First().Text(3));
        Assert.DoesNotContain(graph.Messages(5), static tensor => tensor.Text(8).Contains("running", StringComparison.Ordinal));
    }

    [Fact]
    public void One_that_stands_before_convolutions_stays()
    {
        OnnxReader graph = Folded<UnitFull>();
        string[] kept = [.. graph.Messages(1).Where(static node => node.Text(4) == "BatchNormalization").Select(static node => node.Text(3))];
        // Each begins a unit, on a sum, or follows the last one.
        Assert.Equal(["layer1.1.bn1", "layer2.0.bn1", "layer2.1.bn1", "layer3.0.bn1", "layer3.1.bn1", "norm"], kept);
    }

    [Fact]
    public void A_convolution_that_others_read_keeps_its_weights()
    {
        OnnxReader graph = Folded<Parting>();
        Assert.Contains("shared: Conv(input, shared.weight, shared.bias)", graph.Lines);
        Assert.Contains(graph.Messages(1), static node => node.Text(4) == "BatchNormalization" && node.Text(3) == "norm");
    }

    private OnnxReader Folded<TNetwork>()
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        string path = Path.Combine(_folder, "net.onnx");
        using TNetwork network = TNetwork.Create();
        network.ExportOnnx(path, new OnnxExportOptions { FoldBatchNorm = true });
        return OnnxReader.Open(path).Graph;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
