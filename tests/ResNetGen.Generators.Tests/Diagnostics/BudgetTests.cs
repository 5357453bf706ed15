using Microsoft.CodeAnalysis;
using ResNetGen.Generators.Tests.Custom;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG0401 and RNG0402: what a network may cost.</summary>
public class BudgetTests
{
    [Fact]
    public void Too_many_parameters() => Expect.Messages(
        "[ResNet(Depth = 18), Budget(MaxParameters = [|11_000_000|])] public partial class Net;",
        ("RNG0401", "'Net': expected at most 11,000,000 parameters, found 11,689,512; the largest layers are " +
            "layer4.0.conv2 (2,359,296, 20.2 %), layer4.1.conv1 (2,359,296, 20.2 %), layer4.1.conv2 (2,359,296, 20.2 %); " +
            "write MaxParameters = 11_689_512 or more, or take a smaller network"));

    [Fact]
    public void Too_many_multiply_adds() => Expect.Messages(
        "[CifarResNet(Depth = 1202), Budget(MaxMultiplyAdds = [|1_000_000_000|], MaxParameters = 20_000_000)] public partial class Net;",
        ("RNG0402", "'Net': expected at most 1,000,000,000 multiply-adds for one 3×32×32 image, found 2,829,238,912; the largest layers are " +
            "layer1.0–199.conv1 (471,859,200, 16.7 %), layer1.0–199.conv2 (471,859,200, 16.7 %), layer2.1–199.conv1 (469,499,904, 16.6 %); " +
            "write MaxMultiplyAdds = 2_829_238_912 or more, or take a smaller network or input"));

    [Fact]
    public void Both_at_once_and_on_a_line_of_its_own() => Expect.Messages(
        """
        [Budget(MaxParameters = [|1|], MaxMultiplyAdds = [|2|])]
        [CifarPlainNet(Depth = 8)]
        public partial class Net;
        """,
        ("RNG0401", "'Net': expected at most 1 parameters, found 75,290; the largest layers are layer3.0.conv2 (36,864, 49.0 %), " +
            "layer3.0.conv1 (18,432, 24.5 %), layer2.0.conv2 (9,216, 12.2 %); write MaxParameters = 75_290 or more, or take a smaller network"),
        ("RNG0402", "'Net': expected at most 2 multiply-adds for one 3×32×32 image, found 12,239,488; the largest layers are " +
            "layer1.0.conv1 (2,359,296, 19.3 %), layer1.0.conv2 (2,359,296, 19.3 %), layer2.0.conv2 (2,359,296, 19.3 %); " +
            "write MaxMultiplyAdds = 12_239_488 or more, or take a smaller network or input"));

    [Fact]
    public void A_network_of_one_s_own() => Expect.Messages(
        CustomSource.TinyNet.Replace("[Network(", "[Budget(MaxParameters = [|70_000|])]\n[Network(", StringComparison.Ordinal),
        ("RNG0401", "'TinyNet': expected at most 70,000 parameters, found 71,002; the largest layers are trunk.0–2.branch.a.conv (27,648, 38.9 %), " +
            "trunk.0–2.branch.b.conv (27,648, 38.9 %), reduce.branch.b.conv (9,216, 13.0 %); write MaxParameters = 71_002 or more, or take a smaller network"));

    [Fact]
    public void The_parameters_of_vgg_are_in_its_head() => Expect.Messages(
        "[Vgg(Depth = 16), Budget(MaxParameters = [|100_000_000|])] public partial class Net;",
        ("RNG0401", "'Net': expected at most 100,000,000 parameters, found 138,357,544; the largest layers are classifier.0 (102,764,544, 74.3 %), " +
            "classifier.3 (16,781,312, 12.1 %), classifier.6 (4,097,000, 3.0 %); write MaxParameters = 138_357_544 or more, or take a smaller network"));

    [Fact]
    public void Exactly_on_budget() => GeneratorHost.Run(
        "[ResNet(Depth = 152), Budget(MaxParameters = 60_192_808, MaxMultiplyAdds = 11_282_415_616)] public partial class Net;").Clean();

    [Theory]
    [InlineData("MaxParameters", "0")]
    [InlineData("MaxMultiplyAdds", "-5")]
    public void A_limit_that_is_none(string argument, string value) => Expect.Messages(
        $"[ResNet(Depth = 18), Budget({argument} = [|{value}|])] public partial class Net;",
        ("RNG0107", $"'Net': expected {argument} to be 1 or more, found {value}; write a value in that range, or leave it out"));

    [Fact]
    public void A_network_that_is_wrong_itself_gives_one_message() => Expect.Messages(
        "[ResNet(Depth = [|19|]), Budget(MaxParameters = 1)] public partial class Net;",
        ("RNG0101", "'Net': expected a depth of 18, 34, 50, 101, 152 or 200 for [ResNet], found 19; write Depth = 18, the nearest, or give Stages and Block"));

    [Fact]
    public void A_budget_the_compiler_refuses() => Assert.Equal(
        "CS0029", Assert.Single(GeneratorHost.Run("[ResNet(Depth = 18), Budget(MaxParameters = \"small\")] public partial class Net;").Diagnostics).Id);

    [Fact]
    public void The_network_s_attribute_is_the_additional_location()
    {
        Diagnostic diagnostic = Assert.Single(GeneratorHost.Run("[Budget(MaxParameters = 1), ResNet(Depth = 18)] public partial class Net;").Diagnostics);
        Location family = Assert.Single(diagnostic.AdditionalLocations);
        Assert.Equal("ResNet(Depth = 18)", family.SourceTree!.GetText().ToString(family.SourceSpan));
    }

    [Fact]
    public void A_network_over_its_budget_is_still_generated() =>
        Assert.DoesNotContain("was not generated", GeneratorHost.Run("[ResNet(Depth = 18), Budget(MaxParameters = 1)] public partial class Net;").Source, StringComparison.Ordinal);

    [Fact]
    public void The_fix_raises_the_budget() => ExpectFix.Offered(
        "[ResNet(Depth = 18), Budget(MaxParameters = 11_000_000)] public partial class Net;",
        ("Write MaxParameters = 11_689_512", "[ResNet(Depth = 18), Budget(MaxParameters = 11_689_512)] public partial class Net;"));
}
