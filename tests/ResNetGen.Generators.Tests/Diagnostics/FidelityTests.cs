using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG0403 to RNG0405 and RNG0408: where a network leaves its paper, and what it costs.</summary>
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

    [Theory]
    [InlineData("ExclusiveGate", "0")]
    [InlineData("ExclusiveGate", "-5.5")]
    public void Gates_that_failed(string skip, string bias) => Expect.Messages(
        $"[CifarResNet(Depth = 110, Skip = Skip.{skip}, GateBias = [|{bias}|])] public partial class Net;",
        ("RNG0404", $"'Net': expected exclusive gates that start at a bias of -6, the best of the paper's search (arXiv 1603.05027, section 3.1), found GateBias = {bias}; " +
            "from 0 to -5 training failed there; write GateBias = -6"));

    [Theory]
    [InlineData("")]
    [InlineData(", GateBias = -6")]
    [InlineData(", GateBias = -7")]
    [InlineData(", GateBias = -8")]
    public void Gates_that_worked(string bias) =>
        GeneratorHost.Run($"[CifarResNet(Depth = 110, Skip = Skip.ExclusiveGate{bias})] public partial class Net;").Clean();

    [Fact]
    public void Gates_of_the_shortcut_alone_that_worked() =>
        GeneratorHost.Run("[CifarResNet(Depth = 110, Skip = Skip.ShortcutOnlyGate, GateBias = 0)] public partial class Net;").Clean();

    [Fact]
    public void A_thousand_layers_of_the_first_paper_s_units() => Expect.Messages(
        "[CifarResNet(Depth = [|1001|], Block = Bottleneck)] public partial class Net;",
        ("RNG0405", "'Net': expected pre-activated units in a network of 1001 layers, found Unit = Original; the paper reports 7.61 % errors with it and 4.92 % pre-activated " +
            "for 1001 layers (arXiv 1603.05027, table 3); write Unit = FullPreActivation"));

    [Theory]
    [InlineData("CifarResNet(Depth = 1001, Block = Bottleneck, Unit = Unit.FullPreActivation)")]
    [InlineData("CifarResNet(Depth = 164, Block = Bottleneck)")]
    [InlineData("CifarResNet(Depth = 1202)")]
    [InlineData("CifarResNet(Depth = 110, Unit = Unit.FullPreActivation, Shortcut = B)")]
    public void Deep_networks_as_in_the_papers(string attribute) => GeneratorHost.Run($"[{attribute}] public partial class Net;").Clean();

    [Fact]
    public void The_fixes_of_gates_and_of_units()
    {
        ExpectFix.Offered(
            "[CifarResNet(Depth = 110, Skip = Skip.ExclusiveGate, GateBias = 0)] public partial class Net;",
            ("Write GateBias = -6", "[CifarResNet(Depth = 110, Skip = Skip.ExclusiveGate, GateBias = -6)] public partial class Net;"));
        ExpectFix.Offered(
            "[CifarResNet(Depth = 1001, Block = Bottleneck)] public partial class Net;",
            ("Write Unit = Unit.FullPreActivation", "[CifarResNet(Depth = 1001, Block = Bottleneck, Unit = Unit.FullPreActivation)] public partial class Net;"));
    }

    [Fact]
    public void The_fix_writes_a() => ExpectFix.Offered(
        "[CifarResNet(Depth = 20, Shortcut = C)] public partial class Net;",
        ("Write Shortcut = Shortcut.A", "[CifarResNet(Depth = 20, Shortcut = A)] public partial class Net;"));

    [Theory]
    [InlineData("ResNet(Depth = 50)", "Net: 25,557,032 parameters, 3,857,973,248 multiply-adds an image (convolution and linear layers, as fvcore and torchvision count), 50 weighted layers, about 18.66 GiB to train at batch 256 in fp32")]
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
