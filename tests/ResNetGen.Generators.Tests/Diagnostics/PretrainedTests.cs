using Microsoft.CodeAnalysis;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG0302, RNG0303, RNG0304 and RNG0309: a network and the published weights that it starts from.</summary>
public class PretrainedTests
{
    [Theory]
    [InlineData("ResNet(Depth = 18)", "resnet18")]
    [InlineData("ResNet(Depth = 34)", "resnet34")]
    [InlineData("ResNet(Depth = 50, Stride = StridePlacement.Conv3x3)", "resnet50")]
    [InlineData("ResNet(Depth = 101, Stride = StridePlacement.Conv3x3)", "resnet101")]
    [InlineData("ResNet(Depth = 152, Stride = StridePlacement.Conv3x3)", "resnet152")]
    [InlineData("ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, Groups = 32, WidthPerGroup = 4)", "resnext50_32x4d")]
    [InlineData("ResNet(Depth = 101, Stride = StridePlacement.Conv3x3, Groups = 32, WidthPerGroup = 8)", "resnext101_32x8d")]
    [InlineData("ResNet(Depth = 101, Stride = StridePlacement.Conv3x3, Groups = 64, WidthPerGroup = 4)", "resnext101_64x4d")]
    [InlineData("ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, WidthPerGroup = 128)", "wide_resnet50_2")]
    [InlineData("ResNet(Depth = 101, Stride = StridePlacement.Conv3x3, WidthPerGroup = 128, Height = 320, Width = 320)", "wide_resnet101_2")]
    [InlineData("Vgg(Depth = 11)", "vgg11")]
    [InlineData("Vgg(Depth = 13, BatchNorm = true)", "vgg13_bn")]
    [InlineData("Vgg(Depth = 16, BatchNorm = false)", "vgg16")]
    [InlineData("Vgg(Depth = 19, BatchNorm = true)", "vgg19_bn")]
    public void The_weights_of_the_network(string attribute, string name) =>
        GeneratorHost.Run($"[{attribute}, Pretrained(\"{name}\")] public partial class Net;").Clean();

    [Fact]
    public void Other_classes() => Expect.Messages(
        "[ResNet(Depth = 18, Classes = [|37|]), Pretrained(\"resnet18\")] public partial class Net;",
        ("RNG0302", "'Net': expected 1000 classes, those of the pretrained 'resnet18', found 37; write ReplaceHead = true, so that the last layer starts afresh, or Classes = 1000"));

    [Fact]
    public void Other_classes_with_a_fresh_head() =>
        GeneratorHost.Run("[ResNet(Depth = 18, Classes = 37), Pretrained(\"resnet18\", ReplaceHead = true)] public partial class Net;").Clean();

    [Fact]
    public void Another_depth() => Expect.Messages(
        "[ResNet(Depth = 34), Pretrained([|\"resnet18\"|])] public partial class Net;",
        ("RNG0303", "'Net': expected the layers of the pretrained 'resnet18', found 96 entries that differ, the first at layer1.2.conv1.weight: one that the weights do not have; write [Pretrained(\"resnet34\")]"));

    [Fact]
    public void Layers_that_the_weights_do_not_have() => Expect.Messages(
        "[ResNet(Depth = 18), SqueezeExcitation(16), Pretrained([|\"resnet18\"|])] public partial class Net;",
        ("RNG0303", "'Net': expected the layers of the pretrained 'resnet18', found 32 entries that differ, the first at layer1.0.se.fc1.weight: one that the weights do not have; declare the network of 'resnet18', or leave [Pretrained] out"));

    [Fact]
    public void A_network_without_a_head_and_one_that_strides_less() => GeneratorHost.Run("""
        [ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, Classes = 0), Pretrained("resnet50")] public partial class Backbone;
        [ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, OutputStride = 8), Pretrained("resnet50")] public partial class Dilated;
        """).Clean();

    [Fact]
    public void Grey_images() => Expect.Messages(
        "[ResNet(Depth = 18, Channels = 1), Pretrained(name: [|\"resnet18\"|])] public partial class Net;",
        ("RNG0303", "'Net': expected the layers of the pretrained 'resnet18', found 1 entries that differ, the first at conv1.weight: [64, 1, 7, 7] instead of [64, 3, 7, 7]; declare the network of 'resnet18', or leave [Pretrained] out"));

    [Fact]
    public void Shortcuts_without_parameters() => Expect.Messages(
        "[ResNet(Depth = 18, Shortcut = A), Pretrained([|\"resnet18\"|])] public partial class Net;",
        ("RNG0303", "'Net': expected the layers of the pretrained 'resnet18', found 18 entries that differ, the first at layer2.0.downsample.0.weight: none; declare the network of 'resnet18', or leave [Pretrained] out"));

    [Fact]
    public void The_strides_of_the_paper() => Expect.Messages(
        "[ResNet(Depth = 50, Stride = [|StridePlacement.First1x1|]), Pretrained(\"resnet50\")] public partial class Net;",
        ("RNG0304", "'Net': the pretrained 'resnet50' was trained with stride 1 at layer2.0.conv1 (\"v1.5\", on the 3×3 convolutions), found stride 2: every entry fits, but the network computes something else; write Stride = StridePlacement.Conv3x3"));

    [Fact]
    public void A_name_that_nobody_publishes() => Expect.Messages(
        "[ResNet(Depth = 18), Pretrained([|\"ResNet18\"|])] public partial class Net;",
        ("RNG0309", "'Net': expected the name of weights that torchvision publishes (resnet18, resnet34, resnet50, resnet101, resnet152, resnext50_32x4d, resnext101_32x8d, " +
            "resnext101_64x4d, wide_resnet50_2, wide_resnet101_2, vgg11, vgg11_bn, vgg13, vgg13_bn, vgg16, vgg16_bn, vgg19, vgg19_bn), found 'ResNet18'; write [Pretrained(\"resnet18\")]"));

    [Fact]
    public void A_name_that_nobody_publishes_for_a_network_of_which_nobody_does() => Expect.Messages(
        "[CifarResNet(Depth = 20), Pretrained([|\"wide_resnet_50_2\"|])] public partial class Net;",
        ("RNG0309", "'Net': expected the name of weights that torchvision publishes (resnet18, resnet34, resnet50, resnet101, resnet152, resnext50_32x4d, resnext101_32x8d, " +
            "resnext101_64x4d, wide_resnet50_2, wide_resnet101_2, vgg11, vgg11_bn, vgg13, vgg13_bn, vgg16, vgg16_bn, vgg19, vgg19_bn), found 'wide_resnet_50_2'; write [Pretrained(\"wide_resnet50_2\")]"));

    [Fact]
    public void Both_attributes_are_additional_locations()
    {
        Diagnostic diagnostic = Assert.Single(GeneratorHost.Run("[ResNet(Depth = 18, Classes = 2), Pretrained(\"resnet18\")] public partial class Net;").Diagnostics);
        Assert.Equal(
            ["ResNet(Depth = 18, Classes = 2)", "Pretrained(\"resnet18\")"],
            diagnostic.AdditionalLocations.Select(each => each.SourceTree!.GetText().ToString(each.SourceSpan)));
    }

    [Fact]
    public void Fixes_of_the_classes() => ExpectFix.Offered(
        "[ResNet(Depth = 18, Classes = 37), Pretrained(\"resnet18\")] public partial class Net;",
        ("Write ReplaceHead = true", "[ResNet(Depth = 18, Classes = 37), Pretrained(\"resnet18\", ReplaceHead = true)] public partial class Net;"),
        ("Write Classes = 1000", "[ResNet(Depth = 18, Classes = 1000), Pretrained(\"resnet18\")] public partial class Net;"));

    [Fact]
    public void Fix_of_the_name() => ExpectFix.Offered(
        "[ResNet(Depth = 34), Pretrained(\"resnet43\", ReplaceHead = true)] public partial class Net;",
        ("Write [Pretrained(\"resnet34\")]", "[ResNet(Depth = 34), Pretrained(\"resnet34\", ReplaceHead = true)] public partial class Net;"));

    [Fact]
    public void Fix_of_the_strides() => ExpectFix.Offered(
        "[ResNet(Depth = 50), Pretrained(\"resnet50\")] public partial class Net;",
        ("Write Stride = StridePlacement.Conv3x3", "[ResNet(Depth = 50, Stride = StridePlacement.Conv3x3), Pretrained(\"resnet50\")] public partial class Net;"));

    [Theory]
    [InlineData("Unit = Unit.ReLUBeforeAddition", "unit=ReLUBeforeAddition")]
    [InlineData("Unit = Unit.ReLUOnlyPreActivation", "unit=ReLUOnlyPreActivation")]
    [InlineData("Skip = Skip.ConstantScale", "skip=ConstantScale-0.5-1")]
    [InlineData("Skip = Skip.Dropout", "skip=Dropout")]
    public void Equal_entries_in_a_network_that_computes_something_else(string option, string part) => Expect.Messages(
        $"[ResNet(Depth = 18, {option}), Pretrained([|\"resnet18\"|])] public partial class Net;",
        ("RNG0303", $"'Net': expected the layers of the pretrained 'resnet18', found equal entries in a network that computes something else ({part}); declare the network of 'resnet18', or leave [Pretrained] out"));

    /// <summary>resnet34 has this network's entries, but would be refused for what they mean: nothing is suggested.</summary>
    [Fact]
    public void Weights_of_another_meaning_are_not_suggested()
    {
        Expect.Messages(
            "[ResNet(Depth = 34, Unit = Unit.ReLUOnlyPreActivation), Pretrained([|\"resnet18\"|])] public partial class Net;",
            ("RNG0303", "'Net': expected the layers of the pretrained 'resnet18', found 96 entries that differ, the first at layer1.2.conv1.weight: one that the weights do not have; declare the network of 'resnet18', or leave [Pretrained] out"));
        ExpectFix.Offered("[ResNet(Depth = 34, Unit = Unit.ReLUOnlyPreActivation), Pretrained(\"resnet18\")] public partial class Net;");
    }

    [Fact]
    public void A_name_that_nobody_publishes_is_not_replaced_by_weights_of_another_meaning() => Expect.Messages(
        "[ResNet(Depth = 34, Skip = Skip.Dropout), Pretrained([|\"resnet19\"|])] public partial class Net;",
        ("RNG0309", "'Net': expected the name of weights that torchvision publishes (resnet18, resnet34, resnet50, resnet101, resnet152, resnext50_32x4d, resnext101_32x8d, " +
            "resnext101_64x4d, wide_resnet50_2, wide_resnet101_2, vgg11, vgg11_bn, vgg13, vgg13_bn, vgg16, vgg16_bn, vgg19, vgg19_bn), found 'resnet19'; write [Pretrained(\"resnet18\")]"));
}
