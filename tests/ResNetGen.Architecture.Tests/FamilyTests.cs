using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture.Tests;

/// <summary>What users build on residual networks: deep stems, dilation, widths, squeeze-and-excitation, drop path; and no head.</summary>
public class FamilyTests
{
    [Fact]
    public void ADeepStemHasTimmsNames()
    {
        NetworkArchitecture network = new ResNetSpec { Depth = 50, Stem = Stem.Deep }.Build();
        Assert.Equal(
            ["conv1.0.weight [32, 3, 3, 3]", "conv1.1.weight [32]", "conv1.3.weight [32, 32, 3, 3]", "conv1.4.weight [32]",
                "conv1.6.weight [64, 32, 3, 3]", "bn1.weight [64]"],
            network.StateDict.TakeWhile(entry => !entry.Key.StartsWith("layer", StringComparison.Ordinal))
                .Where(entry => entry.Key.EndsWith("weight", StringComparison.Ordinal)).Select(entry => $"{entry.Key} {entry.Shape}"));
        Assert.Equal(new Shape(64, 56, 56), network.Stages[0].Input);
    }

    // 25,576,264 is what timm's resnet50d counts; the deep stem is what it has more than resnet50.
    [Fact]
    public void ResNetDHasTimmsParametersAndNames()
    {
        NetworkArchitecture network = new ResNetSpec { Depth = 50, Stride = StridePlacement.Conv3x3, Stem = Stem.Deep, AverageDown = true }.Build();
        Assert.Equal(25_576_264, network.ParameterCount);
        Assert.EndsWith("+ downsample(0:mean 2×2/2 1:1×1/1 2)] relu", network.Blocks("layer2")[0], StringComparison.Ordinal);
        // At stride 1 there is nothing to pool, and the numbers stay.
        Assert.EndsWith("+ downsample(1:1×1/1 2)] relu", network.Blocks("layer1")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(224)]
    [InlineData(225)]
    [InlineData(240)]
    public void AveragePoolingHalvesAnOddMapAsAStrideDoes(int size) => Assert.Equal(
        new ResNetSpec { Depth = 18, Height = size, Width = size }.Build().Stages,
        new ResNetSpec { Depth = 18, Height = size, Width = size, AverageDown = true }.Build().Stages);

    // torchvision's replace_stride_with_dilation: the first block of a stage dilates by what was there before it.
    [Fact]
    public void DilationTakesThePlaceOfStrideAsInTorchvision()
    {
        NetworkArchitecture network = new ResNetSpec { Depth = 50, Stride = StridePlacement.Conv3x3, OutputStride = 8 }.Build();
        Assert.Equal(new Shape(2048, 28, 28), network.Stages[^1].Output);
        Assert.Equal([4, 8, 8, 8], network.Taps.Select(tap => tap.Stride));
        Assert.Contains("conv2:3×3/1 bn2", network.Blocks("layer3")[0], StringComparison.Ordinal);
        Assert.Contains("conv2:3×3/1, dilation 2 bn2", network.Blocks("layer3")[1], StringComparison.Ordinal);
        Assert.Contains("conv2:3×3/1, dilation 2 bn2", network.Blocks("layer4")[0], StringComparison.Ordinal);
        Assert.Contains("conv2:3×3/1, dilation 4 bn2", network.Blocks("layer4")[1], StringComparison.Ordinal);
        Assert.Equal(new ResNetSpec { Depth = 50 }.Build().ParameterCount, network.ParameterCount);
    }

    [Fact]
    public void BasicBlocksDilateToo() => Assert.Equal(
        ["[conv1:3×3/1 bn1 relu conv2:3×3/1, dilation 2 bn2 + downsample(0:1×1/1 1)] relu",
            "[conv1:3×3/1, dilation 2 bn1 relu conv2:3×3/1, dilation 2 bn2 + x] relu"],
        new ResNetSpec { Depth = 18, OutputStride = 16 }.Build().Blocks("layer4"));

    [Fact]
    public void AnOutputStrideThatIsThereAnywayChangesNothing() =>
        Assert.Equal(new ResNetSpec { Depth = 50 }.Build().Root, new ResNetSpec { Depth = 50, OutputStride = 32 }.Build().Root);

    [Fact]
    public void StagesCanHaveWidthsOfTheirOwn()
    {
        NetworkArchitecture network = new ResNetSpec { Depth = 18, Widths = [48, 96, 160, 320] }.Build();
        Assert.Equal([48, 96, 160, 320], network.Stages.Select(stage => stage.Channels));
        Assert.Equal(new ResNetSpec { Depth = 50 }.Build().Root, new ResNetSpec { Depth = 50, Widths = [64, 128, 256, 512] }.Build().Root);
    }

    [Fact]
    public void SqueezeAndExcitationFollowsTheBranchsLastNorm()
    {
        NetworkArchitecture network = new ResNetSpec { Depth = 50, SqueezeExcitation = 16 }.Build();
        Assert.EndsWith("conv3:1×1/1 bn3 se + x] relu", network.Blocks("layer1")[1], StringComparison.Ordinal);
        Assert.Equal(
            ["layer4.2.se.fc1.weight [128, 2048, 1, 1]", "layer4.2.se.fc1.bias [128]", "layer4.2.se.fc2.weight [2048, 128, 1, 1]", "layer4.2.se.fc2.bias [2048]"],
            network.StateDict.Where(entry => entry.Key.StartsWith("layer4.2.se", StringComparison.Ordinal)).Select(entry => $"{entry.Key} {entry.Shape}"));
    }

    // The linear rule: nothing in the first block, the whole rate in the last, whatever the number of blocks.
    [Fact]
    public void DropPathFallsLinearlyWithoutUnrolling()
    {
        NetworkArchitecture network = new CifarResNetSpec { Depth = 1202, DropPath = 0.5 }.Build();
        Repeat[] runs = [.. network.Root.Layers.OfType<Blocks>().SelectMany(stage => stage.Runs)];
        Assert.Equal([200, 1, 199, 1, 199], runs.Select(run => run.Count));
        IEnumerable<DropPath> paths = network.Root.Leaves(network.Input, "").Select(leaf => leaf.Layer).OfType<DropPath>();
        int index = 0;
        foreach ((Repeat run, DropPath path) in runs.Zip(paths))
        {
            for (int copy = 0; copy < run.Count; copy++)
                Assert.Equal(0.5 * index++ / 599, path.Rate + (copy * path.Step), precision: 12);
        }

        Assert.Equal(600, index);
        Assert.Equal(new CifarResNetSpec { Depth = 1202 }.Build().Cost, network.Cost);
    }

    [Theory]
    [InlineData(Unit.Original, "bn2=0 + x] relu")]
    [InlineData(Unit.ReLUOnlyPreActivation, "bn2=0 + x]")]
    public void TheLastNormOfEachBlockCanStartAtZero(Unit unit, string end)
    {
        NetworkArchitecture network = new ResNetSpec { Depth = 18, Unit = unit, ZeroInitResidual = true }.Build();
        Assert.EndsWith(end, network.Blocks("layer1")[^1], StringComparison.Ordinal);
        Assert.Equal(network.Root.Layers.OfType<Blocks>().Sum(stage => stage.Runs.Count), network.Root.Leaves(network.Input, "").Count(leaf => leaf.Layer is BatchNorm2d { StartsAtZero: true }));
    }

    public static TheoryData<NetworkSpec, string, string> Headless() => new()
    {
        { new ResNetSpec { Depth = 50, Classes = 0 }, "conv1 bn1 relu maxpool layer1 layer2 layer3 layer4", "2048×7×7" },
        { new PlainNetSpec { Depth = 18, Classes = 0 }, "conv1 bn1 relu maxpool layer1 layer2 layer3 layer4", "512×7×7" },
        { new CifarResNetSpec { Depth = 20, Classes = 0, Unit = Unit.FullPreActivation }, "conv1 bn1 relu layer1 layer2 layer3 norm relu", "64×8×8" },
        { new CifarPlainNetSpec { Depth = 20, Classes = 0 }, "conv1 bn1 relu layer1 layer2 layer3", "64×8×8" },
        { new VggSpec { Depth = 16, Classes = 0 }, "features", "512×7×7" },
    };

    [Theory]
    [MemberData(nameof(Headless), DisableDiscoveryEnumeration = true)]
    public void WithoutClassesThereIsNoHead(NetworkSpec spec, string names, string output)
    {
        NetworkArchitecture network = spec.Build();
        Assert.Equal(names, network.Names());
        Assert.Equal(output, network.Output.ToString());
        Assert.Equal(network.Output, network.Taps[^1].Output);
    }

    [Fact]
    public void VggsTreeIsTorchvisions()
    {
        NetworkArchitecture network = new VggSpec { Depth = 11, BatchNorm = true }.Build();
        Assert.Equal("features avgpool flatten classifier", network.Names());
        Assert.Equal(
            "features(0:3×3/1 1 2 3 4:3×3/1 5 6 7 8:3×3/1 9 10 11:3×3/1 12 13 14 15:3×3/1 16 17 18:3×3/1 19 20 21 22:3×3/1 23 24 25:3×3/1 26 27 28)",
            TreeText.Of(network.Root.Layers[0]));
        Assert.Equal("features 512×7×7 / 32", string.Join(" ", network.Taps.Select(tap => $"{tap.Name} {tap.Output} / {tap.Stride}")));
        Assert.Equal(new Shape(512, 7, 7), new VggSpec { Depth = 11, Height = 64, Width = 64 }.Build().Root.Layers[1].Output(new Shape(512, 2, 2)));
    }
}
