using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG0105, RNG0108, RNG0207, and RNG0107 and RNG0110 of the options that build on residual networks.</summary>
public class FamilyTests
{
    [Fact]
    public void A_vgg_of_no_such_depth() => Expect.Messages(
        "[Vgg(Depth = [|15|])] public partial class Net;",
        ("RNG0105", "'Net': expected a depth of 11, 13, 16 or 19 for [Vgg], found 15; write Depth = 16, the nearest"));

    [Fact]
    public void A_vgg_without_depth() => Expect.Messages(
        "[[|Vgg|]] public partial class Net;",
        ("RNG0111", "'Net': expected a depth, found none; write Depth = 11, 13, 16 or 19"));

    [Fact]
    public void A_vgg_on_small_images() => Expect.Messages(
        "[Vgg(Depth = 16, Height = [|28|], Width = 28)] public partial class Net;",
        ("RNG0201", "'Net': nothing is left of the feature map at features.30: expected at least 2 pixels a side for its stride, found 1x1 " +
            "(kernel 2, stride 2, padding 0) from an input of 28x28; write Height = 32 or more"));

    [Fact]
    public void A_squeeze_to_nothing() => Expect.Messages(
        "[CifarResNet(Depth = 20), SqueezeExcitation([|32|])] public partial class Net;",
        ("RNG0108", "'Net': the middle of 'layer1.0.se' would have 16 / 32 = 0 channels: expected 1 or more; write [SqueezeExcitation(16)] or a smaller reduction"));

    [Theory]
    [InlineData("ResNet(Depth = 50), SqueezeExcitation([|0|])", "expected Reduction between 1 and 4096, found 0; write a value in that range")]
    [InlineData("ResNet(Depth = 50), DropPath([|1|])", "expected Rate between 0 and 0.99, found 1; write a value in that range")]
    [InlineData("ResNet(Depth = 50), DropPath(rate: [|double.NaN|])", "expected Rate between 0 and 0.99, found NaN; write a value in that range")]
    [InlineData("CifarResNet(Depth = 110, Skip = Skip.ConstantScale, SkipScale = [|2|])", "expected SkipScale between 0 and 1, found 2; write a value in that range")]
    [InlineData("CifarResNet(Depth = 110, Skip = Skip.ExclusiveGate, GateBias = [|1000|])", "expected GateBias between -100 and 100, found 1000; write a value in that range")]
    [InlineData("ResNet(Depth = 50, OutputStride = [|4|])", "expected OutputStride to be 8, 16 or 32, found 4; write one of these")]
    [InlineData("PlainNet(Depth = 34, OutputStride = [|0|])", "expected OutputStride to be 8, 16 or 32, found 0; write one of these")]
    [InlineData("ResNet(Depth = 50, Widths = [|[64, 128]|])", "expected Widths.Length to be 4, found 2; write that many")]
    [InlineData("ResNet(Depth = 50, Widths = [|[64, 128, 256, 4096]|])", "expected Widths between 1 and 2048, found 4096; write a value in that range")]
    [InlineData("ResNet(Depth = 50, Stem = Stem.Deep, StemWidth = [|1|])", "expected StemWidth between 2 and 4096, found 1; write a value in that range")]
    [InlineData("ResNet(Depth = 50, Unit = [|(Unit)9|])",
        "expected Unit to be Original, BatchNormAfterAddition, ReLUBeforeAddition, ReLUOnlyPreActivation or FullPreActivation, found 9; write one of these")]
    public void A_value_out_of_range(string attribute, string message) => Expect.Messages(
        $"[{attribute}] public partial class Net;",
        ("RNG0107", "'Net': " + message));

    [Theory]
    [InlineData("CifarResNet(Depth = 110, GateBias = [|-6|])",
        "GateBias = -6 has no meaning for Skip = Identity, it needs Skip = ExclusiveGate or Skip = ShortcutOnlyGate; leave GateBias out")]
    [InlineData("CifarResNet(Depth = 110, Skip = Skip.Dropout, BranchScale = [|0.5|])",
        "BranchScale = 0.5 has no meaning for Skip = Dropout, it needs Skip = ConstantScale; leave BranchScale out")]
    [InlineData("CifarResNet(Depth = 110, Skip = Skip.Conv1x1, Shortcut = [|C|])",
        "Shortcut = C has no meaning for Skip = Conv1x1, it needs a Skip that leaves shortcuts to it; leave Shortcut out")]
    [InlineData("CifarResNet(Depth = 110, Unit = Unit.FullPreActivation, Skip = [|Skip.ExclusiveGate|])",
        "Skip = ExclusiveGate has no meaning for pre-activation units, it needs Unit = Original; leave Skip out")]
    [InlineData("ResNet(Depth = 50, Unit = Unit.FullPreActivation, ZeroInitResidual = [|true|])",
        "ZeroInitResidual = true has no meaning for Unit = FullPreActivation, it needs a branch that ends with batch normalisation; leave ZeroInitResidual out")]
    [InlineData("PlainNet(Depth = 34, ZeroInitResidual = [|true|])",
        "ZeroInitResidual = true has no meaning for a network without shortcuts, it needs [ResNet]; leave ZeroInitResidual out")]
    [InlineData("ResNet(Depth = 18, Shortcut = A, AverageDown = [|true|])",
        "AverageDown = true has no meaning for shortcut A, it needs Shortcut = B or Shortcut = C; leave AverageDown out")]
    [InlineData("ResNet(Depth = 18, Unit = Unit.FullPreActivation, ProjectionBatchNorm = [|false|])",
        "ProjectionBatchNorm = false has no meaning for Unit = FullPreActivation, it needs a unit with norms on its projections; leave ProjectionBatchNorm out")]
    [InlineData("ResNet(Depth = 18, Stem = Stem.Cifar, OutputStride = [|16|])",
        "OutputStride = 16 has no meaning for a network that strides 8 pixels in all, it needs OutputStride = 8 or less; leave OutputStride out")]
    [InlineData("ResNet(Depth = 110, Block = [|Block.SingleLayer|])",
        "Block = SingleLayer has no meaning for [ResNet], it needs [CifarResNet]; leave Block out")]
    [InlineData("PlainNet(Depth = 34), [|DropPath(0.1)|]",
        "[DropPath] = 0.1 has no meaning for [PlainNet], it needs [ResNet] or [CifarResNet]; leave [DropPath] out")]
    [InlineData("Vgg(Depth = 16), [|SqueezeExcitation|]",
        "[SqueezeExcitation] = 16 has no meaning for [Vgg], it needs [ResNet] or [CifarResNet]; leave [SqueezeExcitation] out")]
    public void An_option_without_meaning(string attribute, string message) => Expect.Messages(
        $"[{attribute}] public partial class Net;",
        ("RNG0110", "'Net': " + message));

    [Fact]
    public void An_average_pooled_shortcut_of_an_odd_map() => Expect.Messages(
        "[ResNet(Depth = 50, AverageDown = [|true|], Height = 240)] public partial class Net;",
        ("RNG0207", "'Net': 'layer4.0.downsample.0' pools a feature map of 1024×15×14: expected even sides, so that every mean is of four pixels, " +
            "found a last window of fewer, which counts only to fit the branch; write Height = 256"));

    [Theory]
    [InlineData("[ResNet(Depth = 50, AverageDown = true)]")]
    [InlineData("[ResNet(Depth = 50, AverageDown = true, Height = 256, Width = 192)]")]
    [InlineData("[ResNet(Depth = 50, AverageDown = true, Height = 240, Width = 240, OutputStride = 16)]")]
    public void An_average_pooled_shortcut_of_even_maps(string attribute) =>
        GeneratorHost.Run($"{attribute} public partial class Net;", new HostOptions()).Clean();
}
