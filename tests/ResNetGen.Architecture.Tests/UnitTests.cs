namespace ResNetGen.Architecture.Tests;

/// <summary>The residual units of He et al. 2016, figure 4 and appendix, against what the figures say.</summary>
public class UnitTests
{
    [Theory]
    [InlineData(Unit.Original, "[conv1:3×3/1 bn1 relu conv2:3×3/1 bn2 + x] relu")]
    [InlineData(Unit.BatchNormAfterAddition, "[conv1:3×3/1 bn1 relu conv2:3×3/1 + x] bn2 relu")]
    [InlineData(Unit.ReLUBeforeAddition, "[conv1:3×3/1 bn1 relu conv2:3×3/1 bn2 relu + x]")]
    [InlineData(Unit.ReLUOnlyPreActivation, "relu | [conv1:3×3/1 bn1 relu conv2:3×3/1 bn2 + x]")]
    [InlineData(Unit.FullPreActivation, "bn1 relu | [conv1:3×3/1 bn2 relu conv2:3×3/1 + x]")]
    public void OrderOfABasicUnitIsTheFigures(Unit unit, string expected) =>
        Assert.Equal(expected, new CifarResNetSpec { Depth = 110, Unit = unit }.Build().Blocks("layer2")[^1]);

    [Theory]
    [InlineData(Unit.Original, "[conv1:1×1/1 bn1 relu conv2:3×3/1 bn2 relu conv3:1×1/1 bn3 + x] relu")]
    [InlineData(Unit.BatchNormAfterAddition, "[conv1:1×1/1 bn1 relu conv2:3×3/1 bn2 relu conv3:1×1/1 + x] bn3 relu")]
    [InlineData(Unit.ReLUBeforeAddition, "[conv1:1×1/1 bn1 relu conv2:3×3/1 bn2 relu conv3:1×1/1 bn3 relu + x]")]
    [InlineData(Unit.ReLUOnlyPreActivation, "relu | [conv1:1×1/1 bn1 relu conv2:3×3/1 bn2 relu conv3:1×1/1 bn3 + x]")]
    [InlineData(Unit.FullPreActivation, "bn1 relu | [conv1:1×1/1 bn2 relu conv2:3×3/1 bn3 relu conv3:1×1/1 + x]")]
    public void OrderOfABottleneckIsTheFigures(Unit unit, string expected) =>
        Assert.Equal(expected, new ResNetSpec { Depth = 50, Unit = unit }.Build().Blocks("layer3")[^1]);

    // The shared pre-activation stands before the split, and the projection has no norm (appendix).
    [Theory]
    [InlineData(Unit.Original, "[conv1:3×3/2 bn1 relu conv2:3×3/1 bn2 + downsample(0:1×1/2 1)] relu")]
    [InlineData(Unit.BatchNormAfterAddition, "[conv1:3×3/2 bn1 relu conv2:3×3/1 + downsample(0:1×1/2)] bn2 relu")]
    [InlineData(Unit.FullPreActivation, "bn1 relu | [conv1:3×3/2 bn2 relu conv2:3×3/1 + downsample(0:1×1/2)]")]
    public void AChangeOfShapeKeepsTheUnitsOrder(Unit unit, string expected) =>
        Assert.Equal(expected, new ResNetSpec { Depth = 18, Unit = unit }.Build().Blocks("layer2")[0]);

    [Fact]
    public void ZeroPaddingSharesThePreActivationToo() => Assert.Equal(
        "bn1 relu | [conv1:3×3/2 bn2 relu conv2:3×3/1 + downsample]",
        new CifarResNetSpec { Depth = 20, Unit = Unit.FullPreActivation }.Build().Blocks("layer2")[0]);

    [Theory]
    [InlineData(Unit.Original, "conv1 bn1 relu layer1 layer2 layer3 avgpool flatten fc", 2)]
    [InlineData(Unit.ReLUBeforeAddition, "conv1 bn1 relu layer1 layer2 layer3 avgpool flatten fc", 2)]
    [InlineData(Unit.ReLUOnlyPreActivation, "conv1 bn1 relu layer1 layer2 layer3 relu avgpool flatten fc", 2)]
    [InlineData(Unit.FullPreActivation, "conv1 bn1 relu layer1 layer2 layer3 norm relu avgpool flatten fc", 1)]
    public void TheEndsAreTheAppendixs(Unit unit, string names, int normsOfTheFirst)
    {
        NetworkArchitecture network = new CifarResNetSpec { Depth = 20, Unit = unit }.Build();
        Assert.Equal(names, network.Names());
        string first = network.Blocks("layer1")[0];
        Assert.DoesNotContain("|", first, StringComparison.Ordinal);
        Assert.Equal(normsOfTheFirst, first.Split("bn").Length - 1);
    }

    [Theory]
    [InlineData(Unit.Original, "[conv1:3×3/1 bn1 + x] relu")]
    [InlineData(Unit.FullPreActivation, "bn1 relu | [conv1:3×3/1 + x]")]
    public void ASingleLayerHasAShortcutOfItsOwn(Unit unit, string expected)
    {
        NetworkArchitecture network = new CifarResNetSpec { Depth = 110, Block = Block.SingleLayer, Unit = unit }.Build();
        Assert.Equal(expected, network.Blocks("layer3")[^1]);
        Assert.Equal(110, network.WeightedLayers);
        Assert.Equal([36, 36, 36], network.Stages.Select(stage => stage.Blocks));
        // The convolutions are those of the 110 layers with two a shortcut.
        Assert.Equal(new CifarResNetSpec { Depth = 110 }.Build().MultiplyAdds, network.MultiplyAdds);
    }

    [Fact]
    public void ANetworkOfAThousandUnitsIsStillAFewRuns() => Assert.Equal(
        [1, 110, 1, 110, 1, 110],
        new CifarResNetSpec { Depth = 1001, Block = Block.Bottleneck, Unit = Unit.FullPreActivation, Shortcut = Shortcut.B }.Build()
            .Root.Layers.OfType<Layers.Blocks>().SelectMany(stage => stage.Runs).Select(run => run.Count));
}
