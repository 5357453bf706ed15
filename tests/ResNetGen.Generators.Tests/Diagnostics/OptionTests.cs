using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG0104, RNG0107 and RNG0110: options that do not fit, values out of range.</summary>
public class OptionTests
{
    [Fact]
    public void Groups_on_basic_blocks() => Expect.Messages(
        "[ResNet(Depth = 34, Groups = [|32|])] public partial class Net;",
        ("RNG0104", "'Net': expected Groups = 1 for Basic blocks, found 32; leave Groups out, or take a network of Bottleneck blocks"));

    [Fact]
    public void Groups_and_width_on_basic_blocks_are_two_mistakes() => Expect.Messages(
        "[PlainNet(Depth = 18, Groups = [|2|], WidthPerGroup = [|128|])] public partial class Net;",
        ("RNG0104", "'Net': expected Groups = 1 for Basic blocks, found 2; leave Groups out, or take a network of Bottleneck blocks"),
        ("RNG0104", "'Net': expected WidthPerGroup = 64 for Basic blocks, found 128; leave WidthPerGroup out, or take a network of Bottleneck blocks"));

    [Fact]
    public void Groups_on_basic_blocks_that_stages_ask_for() => Expect.Messages(
        "[ResNet(Stages = [1, 1, 1, 1], Block = Basic, Groups = [|32|])] public partial class Net;",
        ("RNG0104", "'Net': expected Groups = 1 for Basic blocks, found 32; leave Groups out, or take a network of Bottleneck blocks"));

    [Theory]
    [InlineData("ResNet(Depth = 50, Classes = [|-1|])", "expected Classes between 0 and 1000000, found -1; write a value in that range")]
    [InlineData("ResNet(Depth = 50, Channels = [|-3|])", "expected Channels between 1 and 4096, found -3; write a value in that range")]
    [InlineData("ResNet(Depth = 50, Height = [|100000|])", "expected Height between 1 and 4096, found 100000; write a value in that range")]
    [InlineData("PlainNet(Depth = 50, Width = [|0|])", "expected Width between 1 and 4096, found 0; write a value in that range")]
    [InlineData("ResNet(Depth = 50, Groups = [|0|])", "expected Groups between 1 and 4096, found 0; write a value in that range")]
    [InlineData("ResNet(Depth = 50, StemWidth = [|0|])", "expected StemWidth between 1 and 4096, found 0; write a value in that range")]
    [InlineData("ResNet(Depth = 50, WidthPerGroup = [|int.MinValue|])", "expected WidthPerGroup between 1 and 4096, found -2147483648; write a value in that range")]
    [InlineData("ResNet(Block = Basic, Stages = [|[2, 0, 2, 2]|])", "expected Stages between 1 and 1000, found 0; write a value in that range")]
    [InlineData("ResNet(Block = Basic, Stages = [|[]|])", "expected Stages.Length between 1 and 8, found 0; write a value in that range")]
    [InlineData("CifarResNet(Depth = [|-20|])", "expected Depth between 1 and 10000, found -20; write a value in that range")]
    [InlineData("CifarPlainNet(Depth = [|int.MaxValue|])", "expected Depth between 1 and 10000, found 2147483647; write a value in that range")]
    [InlineData("CifarResNet(Depth = 20, Shortcut = [|(Shortcut)7|])", "expected Shortcut to be A, B or C, found 7; write one of these")]
    [InlineData("ResNet(Depth = 50, Block = [|(Block)(-1)|])", "expected Block to be Auto, Basic, Bottleneck or SingleLayer, found -1; write one of these")]
    public void A_value_out_of_range(string attribute, string message) => Expect.Messages(
        $"[{attribute}] public partial class Net;",
        ("RNG0107", "'Net': " + message));

    [Fact]
    public void Shortcuts_on_a_plain_network() => Expect.Messages(
        "[PlainNet(Depth = 34, Shortcut = [|B|])] public partial class Net;",
        ("RNG0110", "'Net': Shortcut = B has no meaning for a network without shortcuts, it needs [ResNet]; leave Shortcut out"));

    [Fact]
    public void Zero_padding_on_a_plain_network_for_cifar() => Expect.Messages(
        "[CifarPlainNet(Depth = 20, ZeroPadding = [|ZeroPadding.Both|])] public partial class Net;",
        ("RNG0110", "'Net': ZeroPadding = Both has no meaning for a network without shortcuts, it needs [CifarResNet]; leave ZeroPadding out"));

    [Fact]
    public void Zero_padding_without_shortcut_a() => Expect.Messages(
        "[ResNet(Depth = 34, ZeroPadding = [|ZeroPadding.Both|])] public partial class Net;",
        ("RNG0110", "'Net': ZeroPadding = Both has no meaning for shortcut B, it needs Shortcut = A; leave ZeroPadding out"));

    [Fact]
    public void Recomputing_blocks_that_are_not_there() => Expect.Messages(
        "[Vgg(Depth = 16, BatchNorm = true, Recompute = [|Recompute.Block|])] public partial class Net;",
        ("RNG0110", "'Net': Recompute = Block has no meaning for a network without blocks, it needs the blocks of a residual or plain network, "
            + "or [Residual] members; leave Recompute out"));

    [Theory]
    [InlineData("Vgg(Depth = 16, Recompute = [|Recompute.Normalisation|])")]
    [InlineData("CifarResNet(Depth = 20, Block = Block.SingleLayer, Recompute = [|Recompute.Normalisation|])")]
    public void Recomputing_normalisations_that_no_convolution_follows(string attribute) => Expect.Messages(
        $"[{attribute}] public partial class Net;",
        ("RNG0110", "'Net': Recompute = Normalisation has no meaning for a network without such a chain of layers, it needs batch normalisation, "
            + "ReLU and a convolution in a row inside a block, a sequence or a [BatchNormReLUConv] member; leave Recompute out"));

    [Fact]
    public void Stride_placement_on_basic_blocks() => Expect.Messages(
        "[ResNet(Depth = 18, Stride = [|StridePlacement.Conv3x3|])] public partial class Net;",
        ("RNG0110", "'Net': Stride = Conv3x3 has no meaning for basic blocks, it needs Block = Bottleneck; leave Stride out"));
}
