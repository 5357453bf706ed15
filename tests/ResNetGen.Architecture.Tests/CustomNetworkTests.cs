using ResNetGen.Architecture.Layers;
using static ResNetGen.Architecture.Tests.Custom;

namespace ResNetGen.Architecture.Tests;

/// <summary>What is inferred of a network of one's own.</summary>
public class CustomNetworkTests
{
    private static readonly BranchSpec s_down = Branch("Down", ConvNorm("A", 32, stride: 2), ConvNorm("B", 32));

    [Fact]
    public void ChannelsAndTheHeadsInputAreInferred()
    {
        NetworkArchitecture net = Net(Conv("Stem", 8), Plain("Norm", PlainLayer.BatchNorm), Conv("Next", 4, stride: 2), Plain("Vector", PlainLayer.Flatten), Linear("Head", 10)).Build();
        Assert.Equal(
            [
                "stem.weight [8, 3, 3, 3]", "norm.weight [8]", "norm.bias [8]", "norm.running_mean [8]", "norm.running_var [8]", "norm.num_batches_tracked []",
                "next.weight [4, 8, 3, 3]", "next.bias [4]", "head.weight [10, 256]", "head.bias [10]",
            ],
            net.StateDict.Select(entry => $"{entry.Key} {entry.Shape}"));
        Assert.Equal((10, 3), (net.Classes, net.WeightedLayers));
    }

    [Theory]
    [InlineData(PlainLayer.BatchNorm, false)]
    [InlineData(PlainLayer.BatchNormReLU, false)]
    [InlineData(PlainLayer.ReLU, true)]
    public void AConvolutionHasABiasUnlessItIsNormalised(PlainLayer next, bool bias) =>
        Assert.Equal(bias, Net(Conv("Stem", 8), Plain("Next", next)).Build().StateDict.Any(entry => entry.Key == "stem.bias"));

    [Fact]
    public void AConvolutionThatSomebodyElseReadsKeepsItsBias()
    {
        CustomNetworkSpec spec = Net(Conv("Stem", 8), Plain("Norm", PlainLayer.BatchNorm), Join("Sum", Merge.Add, "Stem", "Norm"));
        Assert.Contains(spec.Build().StateDict, entry => entry.Key == "stem.bias");
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(Shortcut.A, "ZeroPadShortcut", "32×8×8")]
    [InlineData(Shortcut.B, "Sequence", "32×8×8")]
    [InlineData(Shortcut.C, "Sequence", "32×8×8")]
    public void TheShortcutIsWhatTheChangeOfShapeAsks(Shortcut? shortcut, string? kind, string? shape)
    {
        CustomNetworkSpec spec = Net(Conv("Stem", 8), Residual("Reduce", "Down", shortcut)) with { Branches = [s_down] };
        if (kind is null)
        {
            Assert.Equal("IdentityChangesChannels (Shortcut): Reduce, 8, 32, A, B, C", spec.Problem().ToString());
            return;
        }

        var residual = (Residual)spec.Build().Root.Layers[1];
        Assert.Equal(kind, residual.Shortcut!.GetType().Name);
        Assert.Equal(shape, residual.Shortcut.Output(new Shape(8, 16, 16)).ToString());
    }

    [Theory]
    [InlineData(Shortcut.A, false)]
    [InlineData(Shortcut.B, false)]
    [InlineData(Shortcut.C, true)]
    public void WhereTheShapeStaysOnlyShortcutCProjects(Shortcut shortcut, bool projects)
    {
        CustomNetworkSpec spec = Net(Conv("Stem", 8), Residual("Trunk", "Body", shortcut, repeat: 3)) with { Branches = [Branch("Body", ConvNorm("A", 8))] };
        var blocks = (Blocks)spec.Build().Root.Layers[1];
        Assert.Equal((3, projects), (blocks.Count, ((Residual)blocks.Runs[0].Body).Shortcut is not null));
    }

    [Fact]
    public void OneBranchInfersItsChannelsAtEachPlace()
    {
        CustomNetworkSpec spec = Net(Conv("Stem", 8), Residual("First", "Unit"), Conv("Wide", 24), Residual("Second", "Unit", Shortcut.B)) with
        {
            Branches = [Branch("Unit", Conv("A", 8))],
        };
        Assert.Contains(spec.Build().StateDict, entry => entry.Key == "first.branch.a.weight" && entry.Shape == [8, 8, 3, 3]);
        Assert.Contains(spec.Build().StateDict, entry => entry.Key == "second.branch.a.weight" && entry.Shape == [8, 24, 3, 3]);
    }

    [Fact]
    public void TapsSayWhereTheyAre()
    {
        CustomNetworkSpec spec = Net(32, Conv("Stem", 8, stride: 2) with { IsTap = true }, Residual("Reduce", "Down", Shortcut.B) with { IsTap = true }) with { Branches = [s_down] };
        Assert.Equal([new Tap("stem", new Shape(8, 16, 16), 2), new Tap("reduce", new Shape(32, 8, 8), 4)], spec.Build().Taps);
    }

    [Fact]
    public void TapsOfAGraphFollowItsEdges()
    {
        CustomNetworkSpec spec = Net(Conv("Stem", 8, stride: 2), Conv("Half", 8, stride: 2), Conv("Flat", 8) with { From = ["Stem"], IsTap = true }, Conv("Quarter", 8, stride: 2), Join("All", Merge.Concat, "Half", "Quarter") with { IsTap = true });
        Assert.Equal([new Tap("flat", new Shape(8, 8, 8), 2), new Tap("all", new Shape(16, 4, 4), 4)], spec.Build().Taps);
    }

    [Theory]
    [InlineData("layer2")]
    [InlineData("Layer2")]
    public void AUsedNetworkEndsAtItsTap(string until)
    {
        CustomNetworkSpec spec = Net(32, new MemberSpec("Trunk", new UseSpec(new CifarResNetSpec { Name = "ResNet20", Depth = 20 }) { Until = until }));
        NetworkArchitecture net = spec.Build();
        Assert.Equal("32×16×16", net.Output.ToString());
        Assert.All(net.StateDict, entry => Assert.StartsWith("trunk.", entry.Key, StringComparison.Ordinal));
        var trunk = (Instance)net.Root.Layers[0];
        Assert.Equal("TrunkBackbone", trunk.ClassName);
        Assert.Equal("TrunkBasicBlock", ((Instance)((Blocks)((Sequence)trunk.Body).Layers[^1]).Runs[0].Body).ClassName);
    }

    [Fact]
    public void AUsedGraphKeepsWhatItsTapNeeds()
    {
        CustomNetworkSpec used = Net(Conv("Stem", 8), Conv("Left", 8), Conv("Right", 8) with { From = ["Stem"], IsTap = true }, Join("Sum", Merge.Add, "Left", "Right"));
        NetworkArchitecture net = Net(new MemberSpec("Trunk", new UseSpec(used) { Until = "right" })).Build();
        Assert.Equal(["trunk.stem.weight", "trunk.stem.bias", "trunk.right.weight", "trunk.right.bias"], net.StateDict.Select(entry => entry.Key));
    }

    [Fact]
    public void WhatChangesTheMeaningOfWeightsChangesTheFingerprint()
    {
        CustomNetworkSpec plain = Net(Conv("Stem", 8, stride: 2), Residual("Reduce", "Down", Shortcut.A)) with { Branches = [s_down] };
        Assert.Equal(
            "input=3x16x16;classes=0;layers=[stem:conv(8,k3,s2,p1,d1,g1,bias),reduce:(branch:[a:[conv:conv(32,k3,s2,p1,d1,g1),bn:bn],"
                + "b:[conv:conv(32,k3,s1,p1,d1,g1),bn:bn]]|downsample:zeros(32,s2,End)|after=relu)]",
            plain.Build().Fingerprint);
        CustomNetworkSpec[] others =
        [
            plain with { Members = [Conv("Stem", 8, stride: 2), Residual("Reduce", "Down", Shortcut.B)] },
            plain with { Members = [plain.Members[0], new MemberSpec("Reduce", new ResidualSpec("Down") { Shortcut = Shortcut.A, ReLU = false })] },
            plain with { Height = 32 },
            plain with { Members = [plain.Members[0], new MemberSpec("Max", new PoolSpec(Mean: false, 2)), plain.Members[1]] },
            plain with { Members = [plain.Members[0], new MemberSpec("Mean", new PoolSpec(Mean: true, 2)), plain.Members[1]] },
        ];
        Assert.Equal(others.Length + 1, others.Append(plain).Select(spec => spec.Build().Fingerprint).Distinct().Count());
    }

    [Theory]
    [InlineData(3, null, null, 5)]
    [InlineData(3, 2, null, 9)]
    [InlineData(3, 2, 0, 8)]
    [InlineData(3, 1, null, 17)]
    [InlineData(2, null, null, 8)]
    public void OverlappingWindowsArePadded(int kernel, int? stride, int? padding, int side)
    {
        CustomNetworkSpec spec = Net(17, new MemberSpec("Pool", new PoolSpec(Mean: false, kernel) { Stride = stride, Padding = padding }));
        Assert.Equal(new Shape(3, side, side), spec.Build().Output);
    }

    [Theory]
    [InlineData("Layer3", "layer3")]
    [InlineData("StemConv", "stem_conv")]
    [InlineData("BNReLU", "bn_re_lu")]
    [InlineData("Conv1x1", "conv1x1")]
    [InlineData("x", "x")]
    [InlineData("Stem_A", "stem_a")]
    [InlineData("Straße", "straße")]
    public void KeysAreInSnakeCase(string name, string key) => Assert.Equal(key, SnakeCase.Of(name));

    [Fact]
    public void EqualSpecificationsAreEqual()
    {
        CustomNetworkSpec One() => Net(Conv("Stem", 8), Residual("Reduce", "Down", Shortcut.B)) with { Branches = [s_down] };
        Assert.Equal(One(), One());
        Assert.Equal(One().GetHashCode(), One().GetHashCode());
        Assert.NotEqual(One(), One() with { Branches = [] });
    }

    [Fact]
    public void AVectorTooLongToIndexIsRefused()
    {
        CustomNetworkSpec spec = Net(Limits.Pixels, Conv("Stem", 200), Plain("Vector", PlainLayer.Flatten), Linear("Head", 10));
        Assert.Equal("ValueOutOfRange (): elements of Vector, 3355443200, 1, 2147483647", spec.Problem().ToString());
    }
}
