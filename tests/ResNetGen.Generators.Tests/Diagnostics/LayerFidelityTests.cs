using Microsoft.CodeAnalysis;
using ResNetGen.Generators.Tests.Custom;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG0406 and RNG0407: layers that work, and that nobody would want.</summary>
public class LayerFidelityTests
{
    private const string Tail = "[GlobalAvgPool] public partial GlobalAvgPool Pool { get; } [Linear(10)] public partial Linear Head { get; }";

    private static string PreActivated(string arguments, string first = "[BatchNormReLUConv(16)] public partial BatchNormReLUConv First { get; }") => CustomSource.Net($$"""
        [Conv(16)] public partial Conv2d Stem { get; }
        [Residual<Unit>{{arguments}}] public partial Residual<Unit> Body { get; }
        [BatchNormReLU] public partial BatchNormReLU Last { get; }
        {{Tail}}
        [Branch] public partial class Unit
        {
            {{first}}
            [BatchNormReLUConv(16)] public partial BatchNormReLUConv Second { get; }
        }
        """);

    [Theory]
    [InlineData("[BatchNormReLUConv(16)] public partial BatchNormReLUConv First { get; }")]
    [InlineData("[BatchNormReLU] public partial BatchNormReLU First { get; }")]
    [InlineData("[BatchNorm] public partial BatchNorm2d First { get; }")]
    public void A_relu_after_a_pre_activated_branch(string first) => Expect.Messages(
        PreActivated("(ReLU = [|true|])", first),
        ("RNG0406", "'Net': expected nothing after the addition in 'Body', since its branch 'Unit' begins with batch normalisation (arXiv 1603.05027, figure 4e), found ReLU; write ReLU = false"));

    [Fact]
    public void No_relu_after_a_pre_activated_branch() => GeneratorHost.Run(PreActivated("(ReLU = false)")).Clean();

    [Fact]
    public void The_first_layer_of_the_branch_is_the_additional_location()
    {
        Diagnostic diagnostic = Assert.Single(GeneratorHost.Run(PreActivated("")).Diagnostics);
        Assert.Equal("Residual<Unit>", Text(diagnostic.Location));
        Assert.Equal("BatchNormReLUConv(16)", Text(Assert.Single(diagnostic.AdditionalLocations)));
    }

    [Fact]
    public void The_fix_leaves_the_relu_out() =>
        ExpectFix.Offered(PreActivated(""), ("Write ReLU = false", PreActivated("(ReLU = false)")));

    [Fact]
    public void Biases_that_batch_normalisation_takes_away() => Expect.Messages(
        CustomSource.Net($$"""
            [Conv(1_024, Bias = [|true|])] public partial Conv2d A { get; }
            [BatchNorm] public partial BatchNorm2d B { get; }
            [Residual<Body>] public partial Residual<Body> C { get; }
            {{Tail}}
            [Branch] public partial class Body
            {
                [Conv(64)] public partial Conv2d A { get; }
                [Conv(1_024, Kernel = 1, Bias = [|true|], From = nameof(A))] public partial Conv2d B { get; }
                [BatchNormReLU(From = nameof(B))] public partial BatchNormReLU C { get; }
            }
            """),
        ("RNG0407", "'Net': expected no bias in 'A', whose output batch normalisation takes, found Bias = true with 1,024 parameters that change nothing; leave Bias out"),
        ("RNG0407", "'Net': expected no bias in 'Body.B', whose output batch normalisation takes, found Bias = true with 1,024 parameters that change nothing; leave Bias out"));

    [Theory]
    [InlineData("[Conv(16, Bias = true)] public partial Conv2d A { get; } [ReLU] public partial ReLU B { get; }")]
    [InlineData("[Conv(16, Bias = false)] public partial Conv2d A { get; } [BatchNorm] public partial BatchNorm2d B { get; }")]
    [InlineData("[Conv(16, Bias = true)] public partial Conv2d A { get; } [BatchNorm] public partial BatchNorm2d B { get; } [Join(Merge.Add, From = [nameof(A), nameof(B)])] public partial Join C { get; }")]
    public void Biases_that_change_something(string layers) => GeneratorHost.Run(CustomSource.Net(layers + Tail)).Clean();

    [Fact]
    public void The_normalisation_is_the_additional_location_and_the_fix_leaves_the_bias_out()
    {
        string wrong = CustomSource.Net("[Conv(16, Bias = true)] public partial Conv2d A { get; } [BatchNorm] public partial BatchNorm2d B { get; }" + Tail);
        Diagnostic diagnostic = Assert.Single(GeneratorHost.Run(wrong).Diagnostics);
        Assert.Equal("BatchNorm", Text(Assert.Single(diagnostic.AdditionalLocations)));
        ExpectFix.Offered(wrong, ("Leave Bias out", wrong.Replace(", Bias = true", "", StringComparison.Ordinal)));
    }

    private static string Text(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);
}
