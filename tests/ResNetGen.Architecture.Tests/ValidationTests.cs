using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture.Tests;

/// <summary>What is wrong, about which argument, and with which details: the analyzer's messages are made of them.</summary>
public class ValidationTests
{
    public static TheoryData<string, NetworkSpec> Wrong() => new()
    {
        { "DepthMissing (Depth): 18, 34, 50, 101, 152, 200", new ResNetSpec() },
        { "DepthMissing (Depth): 18, 34", new PlainNetSpec { Block = Block.Basic } },
        { "DepthMissing (Depth): 20, 32, 44, 56, 110, 1202", new CifarResNetSpec() },
        { "DepthMissing (Depth): 164, 1001", new CifarPlainNetSpec { Block = Block.Bottleneck } },
        { "DepthNotStandard (Depth): 51, Auto, 18, 34, 50, 101, 152, 200, 50", new ResNetSpec { Depth = 51 } },
        { "DepthNotStandard (Depth): 50, Basic, 18, 34, 34", new ResNetSpec { Depth = 50, Block = Block.Basic } },
        { "DepthNotStandard (Depth): 34, Bottleneck, 50, 101, 152, 200, 50", new PlainNetSpec { Depth = 34, Block = Block.Bottleneck } },
        { "DepthNotStandard (Depth): -2147483648, Auto, 18, 34, 50, 101, 152, 200, 18", new ResNetSpec { Depth = int.MinValue } },
        { "DepthNotOfForm (Depth): 111, 6n+2, Basic, 110, 116", new CifarResNetSpec { Depth = 111 } },
        { "DepthNotOfForm (Depth): 165, 9n+2, Bottleneck, 164, 173", new CifarResNetSpec { Depth = 165, Block = Block.Bottleneck } },
        { "DepthNotOfForm (Depth): 1001, 6n+2, Basic, 998, 1004", new CifarPlainNetSpec { Depth = 1001 } },
        { "DepthNotOfForm (Depth): 2, 6n+2, Basic, 8, 14", new CifarResNetSpec { Depth = 2 } },
        { "DepthNotOfForm (Depth): 1, 6n+2, Basic, 8, 14", new CifarResNetSpec { Depth = 1 } },
        { "DepthNotOfForm (Depth): 111, 3n+2, SingleLayer, 110, 113", new CifarResNetSpec { Depth = 111, Block = Block.SingleLayer } },
        { "DepthMissing (Depth): 110", new CifarResNetSpec { Block = Block.SingleLayer } },
        { "DepthMissing (Depth): 11, 13, 16, 19", new VggSpec() },
        { "DepthNotInFamily (Depth): 15, 11, 13, 16, 19, 16", new VggSpec { Depth = 15 } },
        { "DepthNotInFamily (Depth): -2147483648, 11, 13, 16, 19, 11", new VggSpec { Depth = int.MinValue } },
        {
            "StagesContradictDepth (Stages): [3, 4, 36, 3], 140, 152, Bottleneck, [3, 8, 36, 3]",
            new ResNetSpec { Depth = 152, Block = Block.Bottleneck, Stages = [3, 4, 36, 3] }
        },
        { "StagesContradictDepth (Stages): [3, 4, 36, 3], 140, 152, Bottleneck, [3, 8, 36, 3]", new ResNetSpec { Depth = 152, Stages = [3, 4, 36, 3] } },
        { "StagesContradictDepth (Stages): [2, 2, 2, 2], 18, 19, Basic, ", new PlainNetSpec { Depth = 19, Block = Block.Basic, Stages = [2, 2, 2, 2] } },
        { "BlockMissing (Block): [3, 4, 6, 3], 34, 50", new ResNetSpec { Stages = [3, 4, 6, 3] } },
        { "GroupsOnBasicBlocks (Groups): Groups, 32, 1", new ResNetSpec { Depth = 34, Groups = 32 } },
        { "GroupsOnBasicBlocks (WidthPerGroup): WidthPerGroup, 128, 64", new PlainNetSpec { Depth = 18, WidthPerGroup = 128 } },
        { "OptionWithoutMeaning (Stride): Stride, Conv3x3, basic blocks, Block = Bottleneck", new ResNetSpec { Depth = 18, Stride = StridePlacement.Conv3x3 } },
        { "OptionWithoutMeaning (ZeroPadding): ZeroPadding, Both, shortcut B, Shortcut = A", new ResNetSpec { Depth = 18, ZeroPadding = ZeroPadding.Both } },
        { "OptionWithoutMeaning (Block): Block, SingleLayer, [ResNet], [CifarResNet]", new ResNetSpec { Depth = 110, Block = Block.SingleLayer } },
        { "OptionWithoutMeaning (Block): Block, SingleLayer, [PlainNet], [CifarPlainNet]", new PlainNetSpec { Depth = 110, Block = Block.SingleLayer } },
        { "OptionWithoutMeaning (GateBias): GateBias, -6, Skip = Identity, Skip = ExclusiveGate or Skip = ShortcutOnlyGate", new CifarResNetSpec { Depth = 110, GateBias = -6 } },
        { "OptionWithoutMeaning (SkipScale): SkipScale, 0.5, Skip = Dropout, Skip = ConstantScale", new CifarResNetSpec { Depth = 110, Skip = Skip.Dropout, SkipScale = 0.5 } },
        { "OptionWithoutMeaning (BranchScale): BranchScale, 0.5, Skip = Identity, Skip = ConstantScale", new ResNetSpec { Depth = 50, BranchScale = 0.5 } },
        { "OptionWithoutMeaning (Shortcut): Shortcut, B, Skip = Conv1x1, a Skip that leaves shortcuts to it", new CifarResNetSpec { Depth = 110, Skip = Skip.Conv1x1, Shortcut = Shortcut.B } },
        { "OptionWithoutMeaning (Skip): Skip, ExclusiveGate, pre-activation units, Unit = Original", new CifarResNetSpec { Depth = 110, Skip = Skip.ExclusiveGate, Unit = Unit.FullPreActivation } },
        { "OptionWithoutMeaning (ZeroInitResidual): ZeroInitResidual, true, Unit = FullPreActivation, a branch that ends with batch normalisation", new ResNetSpec { Depth = 18, ZeroInitResidual = true, Unit = Unit.FullPreActivation } },
        { "OptionWithoutMeaning (ZeroInitResidual): ZeroInitResidual, true, Unit = ReLUBeforeAddition, a branch that ends with batch normalisation", new CifarResNetSpec { Depth = 20, ZeroInitResidual = true, Unit = Unit.ReLUBeforeAddition } },
        { "OptionWithoutMeaning (AverageDown): AverageDown, true, shortcut A, Shortcut = B or Shortcut = C", new ResNetSpec { Depth = 18, AverageDown = true, Shortcut = Shortcut.A } },
        { "OptionWithoutMeaning (ProjectionBatchNorm): ProjectionBatchNorm, false, shortcut A, Shortcut = B or Shortcut = C", new ResNetSpec { Depth = 18, ProjectionBatchNorm = false, Shortcut = Shortcut.A } },
        { "OptionWithoutMeaning (ProjectionBatchNorm): ProjectionBatchNorm, true, Unit = FullPreActivation, a unit with norms on its projections", new ResNetSpec { Depth = 18, ProjectionBatchNorm = true, Unit = Unit.FullPreActivation } },
        { "OptionWithoutMeaning (OutputStride): OutputStride, 32, a network that strides 8 pixels in all, OutputStride = 8 or less", new ResNetSpec { Depth = 18, Stem = Stem.Cifar, OutputStride = 32 } },
        { "OptionWithoutMeaning (OutputStride): OutputStride, 8, a network of 5 stages, 4 stages or fewer", new ResNetSpec { Stages = [1, 1, 1, 1, 1], Block = Block.Basic, OutputStride = 8 } },
        { "ValueOutOfRange (OutputStride): OutputStride, 4, 8, 16, 32, ", new PlainNetSpec { Depth = 18, OutputStride = 4 } },
        { "ValueOutOfRange (Widths): Widths.Length, 3, 4, 4", new ResNetSpec { Depth = 18, Widths = [64, 128, 256] } },
        { "ValueOutOfRange (Widths): Widths, 0, 1, 2048", new ResNetSpec { Depth = 18, Widths = [64, 0, 256, 512] } },
        { "ValueOutOfRange (Widths): Widths, 8, 16, 2048", new ResNetSpec { Depth = 50, Widths = [8, 16, 32, 64], Groups = 32, WidthPerGroup = 4 } },
        { "ValueOutOfRange (Widths): width of the 3×3 convolutions, 4096, 1, 2048", new ResNetSpec { Depth = 50, Widths = [64, 128, 256, 2048], WidthPerGroup = 128 } },
        { "ValueOutOfRange (StemWidth): StemWidth, 1, 2, 4096", new ResNetSpec { Depth = 18, StemWidth = 1, Stem = Stem.Deep } },
        { "ValueOutOfRange (SkipScale): SkipScale, 1.5, 0, 1", new CifarResNetSpec { Depth = 110, Skip = Skip.ConstantScale, SkipScale = 1.5 } },
        { "ValueOutOfRange (GateBias): GateBias, NaN, -100, 100", new CifarResNetSpec { Depth = 110, Skip = Skip.ExclusiveGate, GateBias = double.NaN } },
        { "ValueOutOfRange (DropPath.Rate): Rate, 1, 0, 0.99", new CifarResNetSpec { Depth = 110, DropPath = 1 } },
        { "ValueOutOfRange (SqueezeExcitation.Reduction): Reduction, 0, 1, 4096", new ResNetSpec { Depth = 50, SqueezeExcitation = 0 } },
        { "SqueezeWidthZero (SqueezeExcitation.Reduction): layer1.0.se, 16, 32", new CifarResNetSpec { Depth = 20, SqueezeExcitation = 32 } },
        { "ZeroPaddingReducesChannels (Shortcut): layer3.0, 128, 64", new ResNetSpec { Depth = 18, Shortcut = Shortcut.A, Widths = [64, 128, 64, 128] } },
        { "FeatureMapVanished (Height): features.20, 1, 1, 2, 2, 0, 28, 28, 32", new VggSpec { Depth = 11, Height = 28, Width = 28 } },
        { "ValueOutOfRange (Channels): Channels, 0, 1, 4096", new ResNetSpec { Depth = 18, Channels = 0 } },
        { "ValueOutOfRange (Height): Height, -1, 1, 4096", new CifarResNetSpec { Depth = 20, Height = -1 } },
        { "ValueOutOfRange (Width): Width, 4097, 1, 4096", new PlainNetSpec { Depth = 18, Width = 4097 } },
        { "ValueOutOfRange (Classes): Classes, -1, 0, 1000000", new CifarPlainNetSpec { Depth = 20, Classes = -1 } },
        { "ValueOutOfRange (Depth): Depth, 0, 1, 10000", new CifarResNetSpec { Depth = 0 } },
        { "ValueOutOfRange (Depth): Depth, 10004, 1, 10000", new CifarResNetSpec { Depth = 10004 } },
        { "ValueOutOfRange (StemWidth): StemWidth, 0, 1, 4096", new ResNetSpec { Depth = 18, StemWidth = 0 } },
        { "ValueOutOfRange (Groups): Groups, -3, 1, 4096", new ResNetSpec { Depth = 50, Groups = -3 } },
        { "ValueOutOfRange (WidthPerGroup): WidthPerGroup, 0, 1, 4096", new ResNetSpec { Depth = 50, WidthPerGroup = 0 } },
        { "ValueOutOfRange (Groups): Groups × WidthPerGroup, 6400, 1, 4096", new ResNetSpec { Depth = 50, Groups = 100 } },
        { "ValueOutOfRange (Stages): Stages.Length, 0, 1, 8", new ResNetSpec { Stages = [], Block = Block.Basic } },
        { "ValueOutOfRange (Stages): Stages.Length, 9, 1, 8", new ResNetSpec { Stages = [1, 1, 1, 1, 1, 1, 1, 1, 1], Block = Block.Basic } },
        { "ValueOutOfRange (Stages): Stages, 0, 1, 1000", new ResNetSpec { Stages = [3, 0, 6], Block = Block.Basic } },
        { "ValueOutOfRange (Stages): sum of Stages, 1001, 1, 1000", new ResNetSpec { Stages = [500, 501], Block = Block.Basic } },
        { "ValueOutOfRange (Block): Block, 7, Auto, Basic, Bottleneck, SingleLayer, ", new ResNetSpec { Depth = 50, Block = (Block)7 } },
        { "ValueOutOfRange (Shortcut): Shortcut, -1, A, B, C, ", new CifarResNetSpec { Depth = 20, Shortcut = (Shortcut)(-1) } },
        { "FeatureMapVanished (Height): layer4.0.conv1, 1, 1, 3, 2, 1, 16, 16, 17", new ResNetSpec { Depth = 18, Height = 16, Width = 16 } },
        { "FeatureMapVanished (Width): layer4.0.conv1, 14, 1, 1, 2, 0, 224, 12, 17", new ResNetSpec { Depth = 50, Width = 12 } },
        { "FeatureMapVanished (Height): layer3.0.conv1, 1, 16, 3, 2, 1, 2, 32, 3", new CifarResNetSpec { Depth = 20, Height = 2 } },
        { "FeatureMapVanished (Height): conv1, 1, 224, 7, 2, 3, 1, 224, 17", new PlainNetSpec { Depth = 18, Height = 1 } },
        { "ZeroPaddingReducesChannels (Shortcut): layer1.0, 128, 64", new ResNetSpec { Depth = 18, Shortcut = Shortcut.A, StemWidth = 128 } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void EachMistakeIsNamedOnce(string expected, NetworkSpec spec)
    {
        Problem problem = Assert.Single(spec.Validate());
        Assert.Equal(expected, problem.ToString());
        Assert.NotNull(typeof(ResNetSpec).GetProperty(problem.Argument.Split('.')[0]));
        var error = Assert.Throws<ArgumentException>(spec.Build);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryKindOfProblemThatAFamilyHasIsTested()
    {
        IEnumerable<ProblemKind> tested = Wrong().SelectMany(row => ((NetworkSpec)row[1]).Validate()).Select(problem => problem.Kind);
        // Those of networks of one's own follow.
        Assert.Equal(Enum.GetValues<ProblemKind>().TakeWhile(kind => kind != ProblemKind.InputSizeMissing), tested.Distinct().Order());
    }

    [Fact]
    public void SeveralMistakesAreAllNamed()
    {
        EquatableArray<Problem> problems = new ResNetSpec { Depth = 50, Channels = 0, Classes = -1, ZeroPadding = ZeroPadding.End }.Validate();
        Assert.Equal(["Channels", "Classes", "ZeroPadding"], problems.Select(problem => problem.Argument));
    }

    public static TheoryData<NetworkSpec> Right() => new()
    {
        new ResNetSpec { Depth = 152, Block = Block.Bottleneck, Shortcut = Shortcut.B },
        new ResNetSpec { Depth = 140, Stages = [3, 4, 36, 3] },
        new ResNetSpec { Depth = 34, Groups = 1, WidthPerGroup = 64 },
        new ResNetSpec { Depth = 18, Height = 17, Width = 17 },
        new ResNetSpec { Depth = 18, StemWidth = 128 },
        new ResNetSpec { Depth = 50, StemWidth = 256, Shortcut = Shortcut.A },
        new ResNetSpec { Depth = 50, Shortcut = Shortcut.A, ZeroPadding = ZeroPadding.Both },
        new PlainNetSpec { Depth = 50, Stride = StridePlacement.Conv3x3 },
        new CifarResNetSpec { Depth = 8, Height = 3, Width = 3 },
        new CifarPlainNetSpec { Depth = 1001, Block = Block.Bottleneck },
        new CifarPlainNetSpec { Depth = 20, Block = Block.SingleLayer },
        new CifarResNetSpec { Depth = 110, Skip = Skip.Conv1x1, Unit = Unit.BatchNormAfterAddition },
        new CifarResNetSpec { Depth = 164, Block = Block.Bottleneck, Skip = Skip.ExclusiveGate, GateBias = 0 },
        new ResNetSpec { Depth = 18, Shortcut = Shortcut.A, Skip = Skip.Dropout, SqueezeExcitation = 64, DropPath = 0.99 },
        new ResNetSpec { Stages = [1], Block = Block.Basic, DropPath = 0.5, OutputStride = null },
        new ResNetSpec { Depth = 50, Stem = Stem.Deep, StemWidth = 2, AverageDown = true, Shortcut = Shortcut.C, OutputStride = 16 },
        new VggSpec { Depth = 19, Height = 32, Width = 32, Classes = 10 },
    };

    [Theory]
    [MemberData(nameof(Right), DisableDiscoveryEnumeration = true)]
    public void WhatMakesSenseIsAccepted(NetworkSpec spec)
    {
        Assert.Empty(spec.Validate());
        NetworkArchitecture network = spec.Build();
        Assert.Equal(Shape.Vector(network.Classes), network.Root.Output(network.Input));
    }

    // The largest network that is let through must not overflow a count.
    [Fact]
    public void CountsOfTheLargestNetworkFit()
    {
        NetworkArchitecture network = new ResNetSpec
        {
            Stages = [993, 1, 1, 1, 1, 1, 1, 1],
            Block = Block.Bottleneck,
            Stem = Stem.Cifar,
            StemWidth = 4096,
            WidthPerGroup = 4096,
            Channels = 4096,
            Height = 4096,
            Width = 4096,
            Shortcut = Shortcut.C,
            Classes = 1_000_000,
        }.Build();

        // The same sum in a type that cannot overflow: the blocks after the first are listed once and stand for 992.
        decimal exact = 0;
        foreach ((string path, Leaf layer, Shape input, _) in network.Root.Leaves(network.Input, ""))
            exact += layer.Measure(input).MultiplyAdds * (path.StartsWith("layer1.1.", StringComparison.Ordinal) ? 992m : 1m);

        Assert.Equal(exact, network.MultiplyAdds);
        Assert.Equal(2 * exact, network.Flops);
    }
}
