using Microsoft.CodeAnalysis;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Custom;

/// <summary>RNG0306, and networks that are used as parts of others.</summary>
public class UseTests
{
    private const string Twenty = "[CifarResNet(Depth = 20)] public partial class ResNet20;";

    private const string Pool = "[GlobalAvgPool] public partial GlobalAvgPool Pool { get; }";

    [Fact]
    public void A_tap_that_is_not_there() => Expect.Messages(
        CustomSource.Net("[Use<ResNet20>(Until = [|\"layer4\"|])] public partial TrunkBackbone Trunk { get; } " + Pool) + Twenty,
        ("RNG0306", "'Net': Trunk: expected a feature map of 'ResNet20', which has layer1, layer2 or layer3, found 'layer4'; write Until = one of these"));

    [Fact]
    public void A_class_that_is_no_network() => Expect.Messages(
        CustomSource.Net("[Use<[|Other|]>] public partial TrunkBackbone Trunk { get; } " + Pool) + "public class Other;",
        ("RNG0306", "'Trunk': expected a class with a network's attribute, found 'Other', which has none; take another class"));

    [Fact]
    public void Networks_that_contain_each_other()
    {
        GeneratorRun run = GeneratorHost.Run(CustomSource.Net("[Use<Other>] public partial TrunkBackbone Trunk { get; } " + Pool)
            + "[Network(Height = 8, Width = 8)] public partial class Other { [Use<Net>] public partial BackBackbone Back { get; } }"
            + "[Network(Height = 8, Width = 8)] public partial class Third { [Use<Net>] public partial BackBackbone Back { get; } }");
        Assert.Equal(
            [
                "'Trunk': expected a network that does not contain this one, found 'Other', which does; take another network",
                "'Back': expected a network that does not contain this one, found 'Net', which does; take another network",
            ],
            run.Diagnostics.Select(GeneratorRun.Message));
    }

    [Fact]
    public void A_network_that_contains_itself() => Expect.Messages(
        CustomSource.Net("[Use<[|Net|]>] public partial TrunkBackbone Trunk { get; } "),
        ("RNG0306", "'Trunk': expected a network that does not contain this one, found 'Net', which does; take another network"));

    [Fact]
    public void What_is_wrong_with_the_other_network_is_said_there() => Expect.Messages(
        CustomSource.Net("[Use<ResNet21>] public partial TrunkBackbone Trunk { get; }") + "[CifarResNet(Depth = [|21|])] public partial class ResNet21;",
        ("RNG0102", "'ResNet21': expected a depth of the form 6n+2 (Basic blocks), found 21; write Depth = 20 or Depth = 26"));

    [Fact]
    public void A_misspelt_nameof_is_the_compilers_own()
    {
        GeneratorRun run = GeneratorHost.Run(CustomSource.Net("[Use<ResNet20>(Until = nameof(ResNet20.Layer4))] public partial TrunkBackbone Trunk { get; } " + Pool) + Twenty);
        Assert.Equal(["CS0117"], run.Diagnostics.Select(each => each.Id));
    }

    [Fact]
    public void A_map_that_is_too_small_for_the_other_network() => Expect.Messages(
        CustomSource.Net("[MaxPool(16)] public partial MaxPool2d Small { get; } [Use<ResNet20>] public partial TrunkBackbone Trunk { get; }", "Height = [|32|], Width = 64") + Twenty,
        ("RNG0201", "'Net': nothing is left of the feature map at Trunk -> layer3.0.conv1: expected at least 2 pixels a side for its stride, found 1x2 (kernel 3, stride 2, padding 1) from an input of 32x64; write Height = 48 or more"));

    [Fact]
    public void A_network_of_another_assembly() => GeneratorHost.Run(
        CustomSource.Net("[Use<Library.Small>(Until = nameof(Library.Small.Second))] public partial TrunkBackbone Trunk { get; } [Use<Library.ResNet20>(Until = \"layer1\")] public partial MoreBackbone More { get; } " + Pool),
        new HostOptions { References = [Library("public")] }).Clean();

    [Fact]
    public void A_network_of_another_assembly_with_layers_that_cannot_be_seen() => Expect.Messages(
        CustomSource.Net("[Use<[|Library.Small|]>] public partial TrunkBackbone Trunk { get; } "),
        new HostOptions { References = [Library("internal")] },
        ("RNG0306", "'Trunk': expected a network whose layers all are public, found 'Small' of another assembly, which hides some; make the properties and branches of it public"));

    private static PortableExecutableReference Library(string access) => MetadataReference.CreateFromImage(GeneratorHost.Run(CustomSource.Usings + $$"""
        namespace Library;

        [CifarResNet(Depth = 20)] public partial class ResNet20;

        [Network(Height = 8, Width = 8)]
        public partial class Small
        {
            [Conv(8)] public partial Conv2d First { get; }
            [Residual<Body>, Tap] public partial Residual<Body> Second { get; }
            [Conv(16)] {{access}} partial Conv2d Third { get; }
            [Branch] public partial class Body { [ConvBatchNorm(8)] public partial ConvBatchNorm A { get; } }
        }
        """).Emit());
}
