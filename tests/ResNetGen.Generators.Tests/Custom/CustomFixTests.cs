using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Custom;

/// <summary>What the editor offers for mistakes in networks of one's own, applied and compiled.</summary>
public class CustomFixTests
{
    private const string Stem = "[ConvBatchNormReLU(16)] public partial ConvBatchNormReLU Stem { get; }";

    private const string Tail = "[GlobalAvgPool] public partial GlobalAvgPool Pool { get; } [Linear(10)] public partial Linear Head { get; }";

    [Theory]
    [InlineData("[Conv(8)] public partial Linear Stem { get; }", "Conv2d", "[Conv(8)] public partial Conv2d Stem { get; }")]
    [InlineData("[Conv(8)] internal Conv2d Stem = null!;", "Conv2d", "[Conv(8)] internal partial Conv2d Stem { get; }")]
    [InlineData("[Conv(8)] public partial Conv2d Stem { get; set; }", "Conv2d", "[Conv(8)] public partial Conv2d Stem { get; }")]
    [InlineData("[GlobalAvgPool] public partial AdaptiveAvgPool2d Stem { get; }", "GlobalAvgPool", "[GlobalAvgPool] public partial GlobalAvgPool Stem { get; }")]
    [InlineData("[Use<ResNet20>] public partial ResNet20 Stem { get; }", "StemBackbone", "[Use<ResNet20>] public partial StemBackbone Stem { get; }")]
    public void The_type_of_a_property(string before, string type, string after)
    {
        const string Used = " [CifarResNet(Depth = 20)] public partial class ResNet20;";
        ExpectFix.Offered(CustomSource.Net(before) + Used, ($"Declare as {type}", CustomSource.Net(after) + Used));
    }

    [Fact]
    public void The_type_of_a_residual()
    {
        const string Body = "[Branch] public partial class Body { [Conv(3)] public partial Conv2d A { get; } }";
        ExpectFix.Offered(
            CustomSource.Net("[Residual<Body>(Repeat = 2)] public partial Conv2d Trunk { get; } " + Body),
            ("Declare as ModuleList<Residual<Net.Body>>", CustomSource.Net("[Residual<Body>(Repeat = 2)] public partial ModuleList<Residual<Body>> Trunk { get; } " + Body)));
    }

    [Fact]
    public void One_of_two_layers() => ExpectFix.Offered(
        CustomSource.Net("[Conv(8), ReLU] public partial Conv2d Stem { get; }"),
        ("Remove [ReLU]", CustomSource.Net("[Conv(8)] public partial Conv2d Stem { get; }")));

    [Fact]
    public void Groups() => ExpectFix.Offered(
        CustomSource.Net("[Conv(100)] public partial Conv2d A { get; } [Conv(60, Groups = 32)] public partial Conv2d B { get; }"),
        ("Write Groups = 20", CustomSource.Net("[Conv(100)] public partial Conv2d A { get; } [Conv(60, Groups = 20)] public partial Conv2d B { get; }")));

    [Theory]
    [InlineData("Residual<Down>", "Residual<Down>(Shortcut = {0})")]
    [InlineData("Residual<Down>(ReLU = false)", "Residual<Down>(ReLU = false, Shortcut = {0})")]
    public void The_shortcut(string before, string after)
    {
        string Source(string attribute) => CustomSource.Net(
            $"{Stem} [{attribute}] public partial Residual<Down> Reduce {{ get; }} [Branch] public partial class Down {{ [Conv(32)] public partial Conv2d A {{ get; }} }}");

        ExpectFix.Offered(Source(before), [.. "BAC".Select(each => ($"Write Shortcut = Shortcut.{each}", Source(string.Format(null, after, each))))]);
    }

    [Fact]
    public void The_shortcut_over_a_stride() => ExpectFix.Offered(
        CustomSource.Net(Stem + " [Residual<Down>] public partial Residual<Down> Reduce { get; } [Branch] public partial class Down { [Conv(16, Stride = 2)] public partial Conv2d A { get; } }"),
        ("Write Shortcut = Shortcut.B", CustomSource.Net(Stem + " [Residual<Down>(Shortcut = B)] public partial Residual<Down> Reduce { get; } [Branch] public partial class Down { [Conv(16, Stride = 2)] public partial Conv2d A { get; } }")));

    [Fact]
    public void What_makes_a_vector()
    {
        const string Source = CustomSource.Usings + """
            [Network(Height = 8, Width = 8)]
            public partial class Net
            {
                [Conv(8)] public partial Conv2d Stem { get; }

                // The classifier.
                [Linear(10)] public partial Linear Head { get; }
            }
            """;
        ExpectFix.Offered(
            Source,
            ("Insert [GlobalAvgPool]", Source.Replace("Stem { get; }\n", "Stem { get; }\n    [GlobalAvgPool] public partial GlobalAvgPool HeadPool { get; }\n", StringComparison.Ordinal)),
            ("Insert [Flatten]", Source.Replace("Stem { get; }\n", "Stem { get; }\n    [Flatten] public partial Flatten HeadInput { get; }\n", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_head_or_the_classes() => ExpectFix.Offered(
        CustomSource.Net(Tail.Replace("10", "100", StringComparison.Ordinal), "Height = 8, Width = 8, Classes = 10"),
        ("Write [Linear(10)]", CustomSource.Net(Tail, "Height = 8, Width = 8, Classes = 10")),
        ("Write Classes = 100", CustomSource.Net(Tail.Replace("10", "100", StringComparison.Ordinal), "Height = 8, Width = 8, Classes = 100")));

    [Fact]
    public void Classes_without_a_head() => ExpectFix.Offered(
        CustomSource.Net(Stem, "Height = 8, Width = 8, Classes = 10"), ("Leave Classes out", CustomSource.Net(Stem, "Height = 8, Width = 8")));

    [Fact]
    public void The_tap_of_a_used_network()
    {
        string Source(string tap) => CustomSource.Net($"[Use<ResNet20>(Until = \"{tap}\")] public partial TrunkBackbone Trunk {{ get; }}")
            + " [CifarResNet(Depth = 20)] public partial class ResNet20;";
        ExpectFix.Offered(Source("layer9"), [.. "123".Select(each => ($"Write Until = \"layer{each}\"", Source("layer" + each)))]);
    }

    [Fact]
    public void A_tap_in_a_branch() => ExpectFix.Offered(
        CustomSource.Net("[Residual<Body>] public partial Residual<Body> Trunk { get; } [Branch] public partial class Body { [Conv(3), Tap] public partial Conv2d A { get; } }"),
        ("Remove [Tap]", CustomSource.Net("[Residual<Body>] public partial Residual<Body> Trunk { get; } [Branch] public partial class Body { [Conv(3)] public partial Conv2d A { get; } }")));
}
