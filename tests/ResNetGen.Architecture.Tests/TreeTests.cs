using System.Globalization;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture.Tests;

public class TreeTests
{
    [Fact]
    public void ThousandTwoHundredLayersAreThreeRepeats()
    {
        NetworkArchitecture network = new CifarResNetSpec { Depth = 1202 }.Build();
        Repeat[] repeats = [.. network.Root.Layers.OfType<Blocks>().SelectMany(stage => stage.Runs).Where(run => run.Count > 1)];
        Assert.Equal([200, 199, 199], repeats.Select(repeat => repeat.Count));
        Assert.True(network.Root.Leaves(network.Input, "").Count() < 40);
    }

    [Fact]
    public void StagesOfAResNet50AreThoseOfTheirPaper()
    {
        NetworkArchitecture network = new ResNetSpec { Depth = 50 }.Build();
        Assert.Equal(
            ["layer1 3 64→256×56×56", "layer2 4 128→512×28×28", "layer3 6 256→1024×14×14", "layer4 3 512→2048×7×7"],
            network.Stages.Select(stage => $"{stage.Name} {stage.Blocks} {stage.Width}→{stage.Output}"));
        Shape shape = network.Input;
        foreach (Layer layer in network.Root.Layers)
        {
            shape = layer.Output(shape);
            if (layer is Blocks stage)
                Assert.Equal(network.Stages.Single(known => known.Name == stage.Name).Output, shape);
        }

        Assert.Equal(Shape.Vector(1000), shape);
    }

    [Theory]
    [InlineData(17, 33)]
    [InlineData(225, 97)]
    [InlineData(64, 31)]
    public void StagesStateTheShapesThatTheTreeMakes(int height, int width)
    {
        NetworkArchitecture network = new ResNetSpec { Depth = 18, Height = height, Width = width }.Build();
        Shape shape = network.Input;
        foreach (Layer layer in network.Root.Layers)
        {
            if (layer is Blocks stage)
                Assert.Equal(network.Stages.Single(known => known.Name == stage.Name).Input, shape);

            shape = layer.Output(shape);
        }
    }

    [Fact]
    public void WhatChangesTheMeaningOfWeightsChangesTheFingerprint()
    {
        NetworkSpec[] specs =
        [
            new ResNetSpec { Depth = 50 },
            new ResNetSpec { Depth = 50, Stride = StridePlacement.Conv3x3 },
            new ResNetSpec { Depth = 50, Shortcut = Shortcut.A },
            new ResNetSpec { Depth = 50, Shortcut = Shortcut.A, ZeroPadding = ZeroPadding.Both },
            new ResNetSpec { Depth = 50, Shortcut = Shortcut.C },
            new ResNetSpec { Depth = 50, Stem = Stem.Cifar },
            new ResNetSpec { Depth = 50, StemWidth = 32 },
            new ResNetSpec { Depth = 50, Groups = 32, WidthPerGroup = 4 },
            new ResNetSpec { Depth = 50, Classes = 10 },
            new ResNetSpec { Depth = 50, Height = 160 },
            new ResNetSpec { Depth = 34 },
            new PlainNetSpec { Depth = 50 },
            new CifarResNetSpec { Depth = 20 },
            new CifarPlainNetSpec { Depth = 20 },
            new ResNetSpec { Depth = 50, Unit = Unit.FullPreActivation },
            new ResNetSpec { Depth = 50, Unit = Unit.BatchNormAfterAddition },
            new ResNetSpec { Depth = 50, ProjectionBatchNorm = false },
            new ResNetSpec { Depth = 50, Stem = Stem.Deep },
            new ResNetSpec { Depth = 50, AverageDown = true },
            new ResNetSpec { Depth = 50, OutputStride = 8 },
            new ResNetSpec { Depth = 50, SqueezeExcitation = 16 },
            new ResNetSpec { Depth = 50, Widths = [64, 128, 256, 480] },
            new CifarResNetSpec { Depth = 20, Skip = Skip.ConstantScale },
            new CifarResNetSpec { Depth = 20, Skip = Skip.ConstantScale, BranchScale = 0.5 },
            new CifarResNetSpec { Depth = 20, Skip = Skip.ExclusiveGate },
            new CifarResNetSpec { Depth = 20, Skip = Skip.ShortcutOnlyGate },
            new CifarResNetSpec { Depth = 20, Skip = Skip.Conv1x1 },
            new CifarResNetSpec { Depth = 20, Skip = Skip.Dropout },
            new CifarResNetSpec { Depth = 20, Block = Block.SingleLayer },
            new VggSpec { Depth = 16 },
            new VggSpec { Depth = 16, BatchNorm = true },
        ];
        Assert.Equal(specs.Length, specs.Select(spec => spec.Build().Fingerprint).Distinct().Count());
        Assert.Equal(
            "input=3x224x224;classes=1000;stem=ImageNet-64;block=Bottleneck;stages=3,4,6,3;width=64;shortcut=B;stride=First1x1;groups=1x64",
            specs[0].Build().Fingerprint);
        Assert.Equal(specs[0].Build().Fingerprint, new ResNetSpec { Name = "Other", Stages = [3, 4, 6, 3], Block = Block.Bottleneck }.Build().Fingerprint);
    }

    // Checkpoints that exist carry the lines of networks that exist: a new option adds to a line only where it is used.
    [Fact]
    public void AnOptionThatTrainingAloneSeesLeavesTheFingerprintAsItIs()
    {
        string before = new CifarResNetSpec { Depth = 20 }.Build().Fingerprint;
        Assert.Equal("input=3x32x32;classes=10;stem=Cifar-16;block=Basic;stages=3,3,3;width=16;shortcut=A;zeros=End", before);
        Assert.Equal(before, new CifarResNetSpec { Depth = 20, DropPath = 0.1, ZeroInitResidual = true, Unit = Unit.Original, Skip = Skip.Identity }.Build().Fingerprint);
        Assert.Equal(before + ";skip=ExclusiveGate", new CifarResNetSpec { Depth = 20, Skip = Skip.ExclusiveGate, GateBias = -3 }.Build().Fingerprint);
    }

    [Fact]
    public void EqualSpecificationsMakeEqualTrees()
    {
        Assert.Equal(new ResNetSpec { Stages = [3, 4], Block = Block.Basic }, new ResNetSpec { Stages = [3, 4], Block = Block.Basic });
        Assert.Equal(new ResNetSpec { Depth = 50 }.Build().Root, new ResNetSpec { Stages = [3, 4, 6, 3], Depth = 50 }.Build().Root);
        Assert.NotEqual(new ResNetSpec { Depth = 50 }.Build().Root, new ResNetSpec { Depth = 101 }.Build().Root);
    }

    [Fact]
    public void OneBlockAStageIsANetworkToo() =>
        Assert.Equal(10, new ResNetSpec { Stages = [1, 1, 1, 1], Block = Block.Basic, Shortcut = Shortcut.A }.Build().WeightedLayers);

    [Fact]
    public void SummaryIsTheSameInEveryCulture()
    {
        NetworkArchitecture network = new ResNetSpec { Name = "ResNet34", Depth = 34, Shortcut = Shortcut.A }.Build();
        string expected = network.ToString();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string culture in new[] { "tr-TR", "de-DE", "ar-SA" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(expected, new ResNetSpec { Name = "ResNet34", Depth = 34, Shortcut = Shortcut.A }.Build().ToString());
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void SummaryOfAResNet20()
    {
        string expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "resnet20.summary.txt"));
        Assert.Equal(expected, new CifarResNetSpec { Name = "ResNet20", Depth = 20 }.Build().ToString());
    }
}
