using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG0101, RNG0102, RNG0103, RNG0111 and RNG0112: how deep the network is.</summary>
public class DepthTests
{
    [Fact]
    public void A_depth_the_paper_does_not_have() => Expect.Messages(
        "[ResNet(Depth = [|51|])] public partial class Net;",
        ("RNG0101", "'Net': expected a depth of 18, 34, 50, 101, 152 or 200 for [ResNet], found 51; write Depth = 50, the nearest, or give Stages and Block"));

    [Fact]
    public void A_depth_that_only_the_other_block_has() => Expect.Messages(
        "[ResNet(Depth = [|34|], Block = Bottleneck)] public partial class Net;",
        ("RNG0101", "'Net': expected a depth of 50, 101, 152 or 200 for [ResNet] with Bottleneck blocks, found 34; write Depth = 50, the nearest, or give Stages and Block"));

    [Fact]
    public void A_plain_depth_the_paper_does_not_have() => Expect.Messages(
        "[PlainNet(Depth = [|33|], Block = Basic)] public partial class Plain33;",
        ("RNG0101", "'Plain33': expected a depth of 18 or 34 for [PlainNet] with Basic blocks, found 33; write Depth = 34, the nearest, or give Stages and Block"));

    [Fact]
    public void The_squiggle_sits_on_a_whole_constant_expression() => Expect.Messages(
        "public static class Depths { public const int Deep = 100; } [ResNet(Depth = [|Depths.Deep + 2|])] public partial class Net;",
        ("RNG0101", "'Net': expected a depth of 18, 34, 50, 101, 152 or 200 for [ResNet], found 102; write Depth = 101, the nearest, or give Stages and Block"));

    [Fact]
    public void A_cifar_depth_between_two_networks() => Expect.Messages(
        "[CifarResNet(Depth = [|111|])] public partial class Net;",
        ("RNG0102", "'Net': expected a depth of the form 6n+2 (Basic blocks), found 111; write Depth = 110 or Depth = 116"));

    [Fact]
    public void A_cifar_depth_between_two_networks_of_bottlenecks() => Expect.Messages(
        "[CifarResNet(Depth = [|165|], Block = Bottleneck)] public partial class Net;",
        ("RNG0102", "'Net': expected a depth of the form 9n+2 (Bottleneck blocks), found 165; write Depth = 164 or Depth = 173"));

    [Fact]
    public void A_cifar_depth_that_the_other_block_makes() => Expect.Messages(
        "[CifarPlainNet(Depth = [|1001|])] public partial class Net;",
        ("RNG0102", "'Net': expected a depth of the form 6n+2 (Basic blocks), found 1001; write Depth = 998 or Depth = 1004, or Block = Bottleneck, for which 1001 is 9n+2"));

    [Fact]
    public void A_cifar_depth_below_the_smallest() => Expect.Messages(
        "[CifarResNet(Depth = [|7|])] public partial class Net;",
        ("RNG0102", "'Net': expected a depth of the form 6n+2 (Basic blocks), found 7; write Depth = 8 or Depth = 14"));

    [Fact]
    public void The_well_known_resnet_152_that_has_140_layers() => Expect.Messages(
        "[ResNet(Depth = 152, Block = Bottleneck, Stages = [|[3, 4, 36, 3]|])] public partial class ResNet152;",
        ("RNG0103", "'ResNet152': Stages = [3, 4, 36, 3] of Bottleneck blocks make 140 weighted layers, but Depth says 152; write Stages = [3, 8, 36, 3] or Depth = 140"));

    [Fact]
    public void Stages_that_contradict_a_depth_of_no_standard() => Expect.Messages(
        "[ResNet(Depth = 70, Block = Bottleneck, Stages = [|new[] { 3, 4, 12, 3 }|])] public partial class Net;",
        ("RNG0103", "'Net': Stages = [3, 4, 12, 3] of Bottleneck blocks make 68 weighted layers, but Depth says 70; write Depth = 68, or leave Depth out"));

    [Theory]
    [InlineData("[[|ResNet|]]", "write Depth = 18, 34, 50, 101, 152 or 200, or the blocks of each stage: Stages and Block")]
    [InlineData("[[|ResNet(Shortcut = B)|]]", "write Depth = 18, 34, 50, 101, 152 or 200, or the blocks of each stage: Stages and Block")]
    [InlineData("[[|PlainNet(Stages = null)|]]", "write Depth = 18, 34, 50, 101, 152 or 200, or the blocks of each stage: Stages and Block")]
    [InlineData("[[|CifarResNet|]]", "write Depth = 20, 32, 44, 56, 110 or 1202, or another of the form 6n+2")]
    [InlineData("[[|CifarPlainNet(Block = Bottleneck)|]]", "write Depth = 164 or 1001, or another of the form 9n+2")]
    public void No_depth_at_all(string attribute, string advice) => Expect.Messages(
        attribute + " public partial class Net;",
        ("RNG0111", "'Net': expected a depth, found none; " + advice));

    [Fact]
    public void Stages_of_nobody_knows_which_block() => Expect.Messages(
        "[[|ResNet(Stages = [2, 2, 2, 2])|]] public partial class Net;",
        ("RNG0112", "'Net': expected Block beside Stages = [2, 2, 2, 2], found none; write Block = Basic (18 weighted layers) or Block = Bottleneck (26 weighted layers)"));

    [Fact]
    public void Stages_of_an_auto_block() => Expect.Messages(
        "[ResNet(Stages = [2, 2, 2, 2], Block = [|Auto|])] public partial class Net;",
        ("RNG0112", "'Net': expected Block beside Stages = [2, 2, 2, 2], found none; write Block = Basic (18 weighted layers) or Block = Bottleneck (26 weighted layers)"));
}
