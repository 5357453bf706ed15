using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Custom;

/// <summary>RNG0106, RNG0107, RNG0113, RNG0201 to RNG0213 and RNG0301: values and shapes along declared layers.</summary>
public class LayerShapeTests
{
    private const string Stem = "[ConvBatchNormReLU(64)] public partial ConvBatchNormReLU Stem { get; } ";

    private static string Residual(string attribute, string branch, string type = "Residual<Down>") =>
        $"{Stem}{attribute} public partial {type} Reduce {{ get; }} [Branch] public partial class Down {{ {branch} }}";

    [Fact]
    public void Groups_that_do_not_divide() => Expect.Messages(
        CustomSource.Net("[Conv(100)] public partial Conv2d A { get; } [Conv(100, Groups = [|32|])] public partial Conv2d B { get; }"),
        ("RNG0106", "'Net': B: expected groups that divide 100 input and 100 output channels, found 32; write Groups = 25"));

    [Theory]
    [InlineData("[Conv([|0|])] public partial Conv2d A { get; }", "Channels of A", "1 and 16384", "0")]
    [InlineData("[Conv(8, Kernel = [|0|])] public partial Conv2d A { get; }", "Kernel of A", "1 and 64", "0")]
    [InlineData("[Conv(8, Padding = [|-1|])] public partial Conv2d A { get; }", "Padding of A", "0 and 4096", "-1")]
    [InlineData("[MaxPool([|0|])] public partial MaxPool2d A { get; }", "Kernel of A", "1 and 64", "0")]
    [InlineData("[MaxPool(3, Padding = [|2|])] public partial MaxPool2d A { get; }", "Padding of A", "0 and 1", "2")]
    [InlineData("[Dropout([|1.5|])] public partial Dropout A { get; }", "Probability of A", "0 and 0.99", "1.5")]
    [InlineData("[Dropout([|double.NaN|])] public partial Dropout A { get; }", "Probability of A", "0 and 0.99", "NaN")]
    [InlineData("[LeakyReLU(NegativeSlope = [|-1|])] public partial LeakyReLU A { get; }", "NegativeSlope of A", "0 and 0.99", "-1")]
    public void A_value_out_of_range(string member, string value, string range, string found) => Expect.Messages(
        CustomSource.Net(member),
        ("RNG0107", $"'Net': expected {value} between {range}, found {found}; write a value in that range"));

    [Fact]
    public void Images_without_a_size() => Expect.Messages(
        $"{CustomSource.Usings}[[|Network(Width = 8)|]] public partial class Net {{ {Stem} }}",
        ("RNG0113", "'Net': expected the Height of the images in pixels, found none; write Height = 224, or whatever they have"));

    [Fact]
    public void A_map_that_shrinks_to_nothing() => Expect.Messages(
        CustomSource.Net("[MaxPool(2)] public partial MaxPool2d A { get; } [MaxPool(4)] public partial MaxPool2d B { get; }", "Height = [|6|], Width = 32"),
        ("RNG0201", "'Net': nothing is left of the feature map at B: expected at least 4 pixels a side for its stride, found 3x16 (kernel 4, stride 4, padding 0) from an input of 6x32; write Height = 8 or more"));

    [Fact]
    public void A_window_larger_than_the_map() => Expect.Messages(
        CustomSource.Net("[Conv(4, Kernel = 7, Padding = 0)] public partial Conv2d A { get; }", "Height = 32, Width = [|5|]"),
        ("RNG0201", "'Net': nothing is left of the feature map at A: expected at least 7 pixels a side for its window, found 32x5 (kernel 7, stride 1, padding 0) from an input of 32x5; write Width = 7 or more"));

    [Fact]
    public void A_branch_that_strides_beside_the_identity() => Expect.Messages(
        CustomSource.Net(Residual("[[|Residual<Down>|]]", "[ConvBatchNorm(64, Stride = 2)] public partial ConvBatchNorm A { get; }")),
        ("RNG0202", "'Net': Reduce: expected branch and shortcut of one shape, found a branch of 64×16×16 and the identity of 64×32×32; write Shortcut = B"));

    [Fact]
    public void A_branch_that_loses_its_border() => Expect.Messages(
        CustomSource.Net(Residual("[Residual<Down>(Shortcut = [|B|])]", "[ConvBatchNorm(64, Padding = 0)] public partial ConvBatchNorm A { get; }")),
        ("RNG0202", "'Net': Reduce: expected branch and shortcut of one shape, found a branch of 64×30×30 and shortcut B of 64×32×32; change strides or padding of the branch, so that it shrinks the map as a shortcut of its stride does"));

    [Fact]
    public void A_branch_that_changes_channels_beside_the_identity() => Expect.Messages(
        CustomSource.Net(Residual("[[|Residual<Down>|]]", "[ConvBatchNorm(128, Stride = 2)] public partial ConvBatchNorm A { get; }")),
        ("RNG0203", "'Net': Reduce: expected a branch that keeps the 64 channels of its input beside an identity shortcut, found 128; write Shortcut = A, B or C"));

    [Fact]
    public void Shortcut_a_that_would_drop_channels() => Expect.Messages(
        CustomSource.Net(Residual("[Residual<Down>(Shortcut = [|A|])]", "[ConvBatchNorm(32)] public partial ConvBatchNorm A { get; }")),
        ("RNG0204", "'Net': shortcut A adds zero channels and cannot take any away: expected 64 or more channels out of Reduce, found 32; write Shortcut = B"));

    [Fact]
    public void A_sum_of_two_shapes() => Expect.Messages(
        CustomSource.Net(Stem + "[Conv(256)] public partial Conv2d Wide { get; } [Join(Merge.Add, From = [|[nameof(Stem), nameof(Wide)]|])] public partial Join Both { get; }"),
        ("RNG0205", "'Net': Both: expected equal shapes to add (nothing is broadcast), found 'Stem' of 64×32×32 and 'Wide' of 256×32×32; bring one to the other's shape with a convolution, or write Merge.Concat"));

    [Fact]
    public void A_stack_of_two_sizes() => Expect.Messages(
        CustomSource.Net(Stem + "[Conv(8, Stride = 2)] public partial Conv2d Small { get; } [Join(Merge.Concat, From = [|[nameof(Stem), nameof(Small)]|])] public partial Join Both { get; }"),
        ("RNG0206", "'Net': Both: expected equal heights and widths to stack, found 'Stem' of 64×32×32 and 'Small' of 8×16×16; bring one to the other's size by its stride or with a pooling"));

    [Fact]
    public void A_linear_layer_after_a_map() => Expect.Messages(
        CustomSource.Net(Stem + "[Linear(10)] public partial Linear [|Head|] { get; }"),
        ("RNG0208", "'Net': Head: expected a vector, found a feature map of 64×32×32; insert [GlobalAvgPool], which gives the mean of each channel, or [Flatten], which gives all 65536 numbers"));

    [Theory]
    [InlineData("[Conv(8, From = [|\"Stam\"|])] public partial Conv2d A { get; }", "A: expected the input of the layer to be Stem, or \"input\", found From = \"Stam\", which no layer of its class is called; write From = nameof(...) of one of them")]
    [InlineData("[Conv(8, From = [|nameof(B)|])] public partial Conv2d A { get; } [Conv(8)] public partial Conv2d B { get; }", "A: expected the input of the layer to be Stem, or \"input\", found 'B', which does not come before it, so that the layers go in a circle; declare it after what it takes")]
    [InlineData("[Join(Merge.Add, From = [|[nameof(Stem)]|])] public partial Join A { get; }", "A: expected two inputs or more, found 1; write From = [nameof(...), nameof(...)] of Stem, or \"input\"")]
    [InlineData("[Conv(8)] public partial Conv2d [|A|] { get; } [Conv(8, From = nameof(Stem))] public partial Conv2d B { get; }", "A: expected a layer after it to take its output, found none; leave From out of 'B', write From = nameof(A) on a later layer, or remove it")]
    [InlineData("[Branch] public partial class [|Down|] { [Conv(3)] public partial Conv2d A { get; } }", "Down: expected a layer [Residual<Down>], found none; declare one, or remove the branch")]
    [InlineData("[Residual<Down>] public partial Residual<Down> Reduce { get; } [Branch] public partial class Down { [Residual<[|Down|]>] public partial Residual<Down> A { get; } }", "A: expected a branch that does not contain 'Down', found one that does, so that the network has no end; take another branch")]
    public void Edges_that_lead_nowhere(string members, string message) => Expect.Messages(CustomSource.Net(Stem + members), ("RNG0209", "'Net': " + message));

    [Theory]
    [InlineData("[|Conv(8)|]", "Conv2d", "Conv")]
    [InlineData("[|BatchNorm|]", "BatchNorm2d", "BatchNorm")]
    [InlineData("[|MaxPool(2)|]", "MaxPool2d", "MaxPool")]
    [InlineData("[|GlobalAvgPool|]", "GlobalAvgPool", "GlobalAvgPool")]
    public void A_layer_of_maps_after_a_vector(string attribute, string type, string name) => Expect.Messages(
        CustomSource.Net($"{Stem}[GlobalAvgPool] public partial GlobalAvgPool Pool {{ get; }} [{attribute}] public partial {type} Late {{ get; }}"),
        ("RNG0210", $"'Net': Late: [{name}] takes a feature map of channels, height and width: expected one, found a vector of 64; move it before the layer that makes vectors"));

    [Fact]
    public void A_repeated_branch_that_changes_the_shape() => Expect.Messages(
        CustomSource.Net(Residual("[Residual<Down>(Shortcut = B, Repeat = [|5|])]", "[ConvBatchNorm(128, Stride = 2)] public partial ConvBatchNorm A { get; }", "ModuleList<Residual<Down>>")),
        ("RNG0211", "'Net': Reduce: expected a branch that keeps the shape, because it is repeated 5 times, found 64×32×32 -> 128×16×16; give the change of shape a residual of its own before this one"));

    [Fact]
    public void A_mistake_inside_a_branch_says_along_which_path() => Expect.Messages(
        CustomSource.Net(Residual("[Residual<Down>]", "[Conv(6)] public partial Conv2d A { get; } [Conv(64, Groups = [|4|])] public partial Conv2d B { get; }")),
        ("RNG0106", "'Net': Reduce -> B: expected groups that divide 6 input and 64 output channels, found 4; write Groups = 2"));

    [Fact]
    public void A_tap_in_a_branch() => Expect.Messages(
        CustomSource.Net(Residual("[Residual<Down>]", "[Conv(64), [|Tap|]] public partial Conv2d A { get; }")),
        ("RNG0213", "'Net': Down.A: expected [Tap] on a layer of the network itself, found it in a branch, whose residuals may stand in several places; remove it, and tap the residual"));

    [Fact]
    public void A_head_of_other_classes() => Expect.Messages(
        CustomSource.Net("[GlobalAvgPool] public partial GlobalAvgPool Pool { get; } [Linear([|100|])] public partial Linear Head { get; }", "Height = 8, Width = 8, Classes = 10"),
        ("RNG0301", "'Net': Head: expected 10 outputs, one a class, found 100; write [Linear(10)], or Classes = 100"));

    [Fact]
    public void Classes_without_a_head() => Expect.Messages(
        CustomSource.Net("[[|Conv(8)|]] public partial Conv2d Stem { get; }", "Height = 8, Width = 8, Classes = 10"),
        ("RNG0301", "'Net': Stem: expected 10 outputs, one a class, found 8×8×8; end with [Linear(10)], or leave Classes out"));

    [Fact]
    public void The_layers_that_give_the_shapes_are_further_places()
    {
        GeneratorRun run = GeneratorHost.Run(CustomSource.Net(Stem + "[Linear(10)] public partial Linear Head { get; }"));
        Assert.Equal("ConvBatchNormReLU(64)", Assert.Single(Assert.Single(run.Diagnostics).AdditionalLocations) is { } place
            ? place.SourceTree!.GetText().ToString(place.SourceSpan)
            : "");
    }
}
