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
        { "ValueOutOfRange (Channels): Channels, 0, 1, 4096", new ResNetSpec { Depth = 18, Channels = 0 } },
        { "ValueOutOfRange (Height): Height, -1, 1, 4096", new CifarResNetSpec { Depth = 20, Height = -1 } },
        { "ValueOutOfRange (Width): Width, 4097, 1, 4096", new PlainNetSpec { Depth = 18, Width = 4097 } },
        { "ValueOutOfRange (Classes): Classes, 0, 1, 1000000", new CifarPlainNetSpec { Depth = 20, Classes = 0 } },
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
        { "ValueOutOfRange (Block): Block, 7, Auto, Basic, Bottleneck, ", new ResNetSpec { Depth = 50, Block = (Block)7 } },
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
        Assert.NotNull(typeof(ResNetSpec).GetProperty(problem.Argument));
        var error = Assert.Throws<ArgumentException>(spec.Build);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryKindOfProblemIsTested()
    {
        IEnumerable<ProblemKind> tested = Wrong().Select(row => ((NetworkSpec)row[1]).Validate()[0].Kind);
        Assert.Equal(Enum.GetValues<ProblemKind>(), tested.Distinct().Order());
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
