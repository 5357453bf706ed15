using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.CodeFixes;

/// <summary>Fixes of the attribute's arguments.</summary>
public class ValueFixTests
{
    [Fact]
    public void The_nearest_depth() => ExpectFix.Offered(
        "[ResNet(Depth = 51)] public partial class Net;",
        ("Write Depth = 50", "[ResNet(Depth = 50)] public partial class Net;"));

    [Fact]
    public void Both_neighbours_of_a_cifar_depth() => ExpectFix.Offered(
        "[CifarResNet(/* deep */ Depth = 111 /* odd */)] public partial class Net;",
        ("Write Depth = 110", "[CifarResNet(/* deep */ Depth = 110 /* odd */)] public partial class Net;"),
        ("Write Depth = 116", "[CifarResNet(/* deep */ Depth = 116 /* odd */)] public partial class Net;"));

    [Fact]
    public void The_block_that_makes_the_depth() => ExpectFix.Offered(
        "[CifarResNet(Depth = 1001)] public partial class Net;", new HostOptions { Papers = false },
        ("Write Depth = 998", "[CifarResNet(Depth = 998)] public partial class Net;"),
        ("Write Depth = 1004", "[CifarResNet(Depth = 1004)] public partial class Net;"),
        ("Write Block = Block.Bottleneck", "[CifarResNet(Depth = 1001, Block = Bottleneck)] public partial class Net;"));

    [Fact]
    public void An_enumeration_without_using_static() => ExpectFix.Offered(
        "[ResNetGen.CifarResNet(Depth = 155)] public partial class Net;", new HostOptions { Usings = false },
        ("Write Depth = 152", "[ResNetGen.CifarResNet(Depth = 152)] public partial class Net;"),
        ("Write Depth = 158", "[ResNetGen.CifarResNet(Depth = 158)] public partial class Net;"),
        ("Write Block = Block.Bottleneck", "[ResNetGen.CifarResNet(Depth = 155, Block = ResNetGen.Block.Bottleneck)] public partial class Net;"));

    [Fact]
    public void The_stages_of_the_depth_or_the_depth_of_the_stages() => ExpectFix.Offered(
        "[ResNet(Depth = 152, Block = Bottleneck, Stages = [3, 4, 36, 3])] public partial class Net;",
        ("Write Stages = [3, 8, 36, 3]", "[ResNet(Depth = 152, Block = Bottleneck, Stages = [3, 8, 36, 3])] public partial class Net;"),
        ("Write Depth = 140", "[ResNet(Depth = 140, Block = Bottleneck, Stages = [3, 4, 36, 3])] public partial class Net;"));

    [Fact]
    public void The_depth_of_stages_that_no_depth_has() => ExpectFix.Offered(
        "[ResNet(Depth = 70, Block = Bottleneck, Stages = [3, 4, 12, 3])] public partial class Net;",
        ("Write Depth = 68", "[ResNet(Depth = 68, Block = Bottleneck, Stages = [3, 4, 12, 3])] public partial class Net;"),
        ("Leave Depth out", "[ResNet(Block = Bottleneck, Stages = [3, 4, 12, 3])] public partial class Net;"));

    [Fact]
    public void A_depth_where_there_are_no_parentheses_yet() => ExpectFix.Offered(
        "[CifarPlainNet] public partial class Net;",
        [.. new[] { 20, 32, 44, 56, 110, 1202 }.Select(depth => ($"Write Depth = {depth}", $"[CifarPlainNet(Depth = {depth})] public partial class Net;"))]);

    [Fact]
    public void A_depth_between_empty_parentheses() => ExpectFix.Offered(
        "[CifarResNet(Block = Bottleneck)] public partial class Net;", new HostOptions { Papers = false },
        ("Write Depth = 164", "[CifarResNet(Block = Bottleneck, Depth = 164)] public partial class Net;"),
        ("Write Depth = 1001", "[CifarResNet(Block = Bottleneck, Depth = 1001)] public partial class Net;"));

    [Fact]
    public void A_block_for_stages() => ExpectFix.Offered(
        "[ResNet(Block = Auto, Stages = [2, 2, 2, 2])] public partial class Net;",
        ("Write Block = Block.Basic", "[ResNet(Block = Basic, Stages = [2, 2, 2, 2])] public partial class Net;"),
        ("Write Block = Block.Bottleneck", "[ResNet(Block = Bottleneck, Stages = [2, 2, 2, 2])] public partial class Net;"));

    [Fact]
    public void Groups_on_basic_blocks() => ExpectFix.Offered(
        "[ResNet(Groups = 32, Depth = 34)] public partial class Net;",
        ("Leave Groups out", "[ResNet(Depth = 34)] public partial class Net;"));

    [Fact]
    public void An_option_on_a_line_of_its_own() => ExpectFix.Offered(
        """
        [PlainNet(
            Depth = 34,
            Shortcut = B)]
        public partial class Net;
        """,
        ("Leave Shortcut out",
        """
        [PlainNet(
            Depth = 34)]
        public partial class Net;
        """));

    [Fact]
    public void A_value_that_nobody_can_have_meant() => ExpectFix.Offered(
        "[ResNet(Depth = 18, Shortcut = (Shortcut)7, Classes = 10)] public partial class Net;",
        ("Leave Shortcut out", "[ResNet(Depth = 18, Classes = 10)] public partial class Net;"));

    [Fact]
    public void The_smallest_input() => ExpectFix.Offered(
        "[ResNet(Depth = 50, Height = 16, Width = 32)] public partial class Net;",
        ("Write Height = 17", "[ResNet(Depth = 50, Height = 17, Width = 32)] public partial class Net;"));

    [Fact]
    public void A_projection_where_zeros_cannot_be_added() => ExpectFix.Offered(
        "[ResNet(Depth = 18, Shortcut = A, StemWidth = 128)] public partial class Net;",
        ("Write Shortcut = Shortcut.B", "[ResNet(Depth = 18, Shortcut = B, StemWidth = 128)] public partial class Net;"));

    [Fact]
    public void Every_wrong_depth_of_a_project_at_once() => ExpectFix.Everywhere(
        "[CifarResNet(Depth = 111)] public partial class A; [CifarResNet(Depth = 57)] public partial class B1;",
        "[CifarResNet(Depth = 110)] public partial class A; [CifarResNet(Depth = 56)] public partial class B1;");

    [Fact]
    public void The_layer_that_was_meant()
    {
        string wrong = Custom.CustomSource.Net("""
            [ConvBatchNormReLU(16)] public partial ConvBatchNormReLU Stem { get; }
            [Conv(16)] public partial Conv2d Wide { get; }
            [Conv(8, From = "Wid")] public partial Conv2d Next { get; }
            """);
        ExpectFix.Offered(wrong, ("Write From = nameof(Wide)", wrong.Replace("\"Wid\"", "nameof(Wide)", StringComparison.Ordinal)));
    }
}
