using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG0403 and RNG0408: where a network leaves its paper, and what it costs.</summary>
public class FidelityTests
{
    [Theory]
    [InlineData("CifarResNet(Depth = 20, Shortcut = [|B|])", "B", "2,752")]
    [InlineData("CifarResNet(Depth = 110, Block = Basic, Shortcut = [|C|])", "C", "98,240")]
    public void Projections_on_cifar(string attribute, string shortcut, string extra) => Expect.Messages(
        $"[{attribute}] public partial class Net;",
        ("RNG0403", $"'Net': expected shortcut A, the one of all the paper's CIFAR networks (arXiv 1512.03385, section 4.2), found Shortcut = {shortcut}, " +
            $"which adds {extra} parameters; write Shortcut = A, or suppress this where another network is meant"));

    [Theory]
    [InlineData("CifarResNet(Depth = 20)")]
    [InlineData("CifarResNet(Depth = 20, Shortcut = A)")]
    [InlineData("CifarResNet(Depth = 164, Block = Bottleneck, Shortcut = B)")]
    [InlineData("ResNet(Depth = 34, Shortcut = C)")]
    public void The_shortcuts_of_the_papers(string attribute) => GeneratorHost.Run($"[{attribute}] public partial class Net;").Clean();

    [Fact]
    public void The_fix_writes_a() => ExpectFix.Offered(
        "[CifarResNet(Depth = 20, Shortcut = C)] public partial class Net;",
        ("Write Shortcut = Shortcut.A", "[CifarResNet(Depth = 20, Shortcut = A)] public partial class Net;"));

    [Theory]
    [InlineData("ResNet(Depth = 50)", "Net: 25,557,032 parameters, 3,857,973,248 multiply-adds an image (convolution and linear layers, as fvcore and torchvision count), 50 weighted layers, about 19.76 GiB to train at batch 256 in fp32")]
    [InlineData("CifarPlainNet(Depth = 20)", "Net: 269,722 parameters, 40,551,040 multiply-adds an image (convolution and linear layers, as fvcore and torchvision count), 20 weighted layers, about 0.18 GiB to train at batch 128 in fp32")]
    public void What_a_network_costs(string attribute, string message)
    {
        var remark = Assert.Single(GeneratorHost.Run($"[{attribute}] public partial class Net;").Clean().Remarks);
        Assert.Equal("RNG0408", remark.Id);
        Assert.Equal(message, GeneratorRun.Message(remark));
        Assert.Equal("Net", remark.Location.SourceTree!.GetText().ToString(remark.Location.SourceSpan));
    }

    [Fact]
    public void What_is_no_network_costs_nothing() =>
        Assert.Empty(GeneratorHost.Run("[CifarResNet(Depth = 21)] public partial class Net;").Remarks);
}
