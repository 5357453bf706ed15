using ResNetGen.Architecture;
using ResNetGen.Tests.Costs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Networks;

public class SelfCheckTests
{
    private static readonly NetworkArchitecture s_small =
        new ResNetSpec { Name = "Small", Stages = [1], Block = Block.Basic, Stem = Stem.Cifar, StemWidth = 4, Height = 8, Width = 8, Classes = 3 }.Build();

    [Fact]
    public void CompiledNetworksAreWhatTheirArchitecturesSay()
    {
        AssertAlike(new BasicNet());
        AssertAlike(new BasicC());
        AssertAlike(new BottleneckNet());
        AssertAlike(new BottleneckV15());
        AssertAlike(new Grouped());
        AssertAlike(new BottleneckABoth());
        AssertAlike(new PlainBottleneck());
        AssertAlike(new Cifar());
        AssertAlike(new CifarBottleneck());
        AssertAlike(new CifarPlain());
        AssertAlike(new PreActivationBottleneck());
        AssertAlike(new Gated());
        AssertAlike(new SqueezedAndDropped());
        AssertAlike(new VariantD());
        AssertAlike(new DilatedBackbone());
        AssertAlike(new Meeting());
        AssertAlike(new Sums());
    }

    [Fact]
    public void ATensorOfAnotherShapeIsNamed()
    {
        using var network = new Cifar();
        SelfCheckReport report = network.SelfCheck(new CifarResNetSpec { Name = "Other", Depth = 20, Classes = 100 }.Build());
        Assert.Equal(
            [
                "fc.weight: expected a parameter [100, 64], found a parameter [10, 64] of Float32",
                "fc.bias: expected a parameter [100], found a parameter [10] of Float32",
                "parameters: expected 275,572, found 269,722",
                "forward of one image [1, 3, 32, 32]: expected [1, 100], found [1, 10]",
            ],
            report.Differences);
        var error = Assert.Throws<InvalidOperationException>(report.ThrowIfDifferent);
        Assert.StartsWith("Other is not what its architecture says:\n  fc.weight: expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsMissingAndWhatIsTooMuchAreNamed()
    {
        using var network = new CifarB();
        SelfCheckReport report = network.SelfCheck(new CifarResNetSpec { Depth = 8, Shortcut = Shortcut.A }.Build());
        Assert.Equal("layer2.0.downsample.0.weight: expected nothing, found a parameter [32, 16, 1, 1] of Float32", report.Differences[0]);
        Assert.Contains("buffers: expected 480 running means and variances, found 672", report.Differences);

        using var plain = new CifarPlain();
        report = plain.SelfCheck(new CifarResNetSpec { Depth = 20, Shortcut = Shortcut.A }.Build());
        Assert.Equal("layer1.2.conv1.weight: expected a parameter [16, 16, 3, 3], found nothing", report.Differences[0]);
        Assert.Contains("more", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AForwardThatThrowsIsADifference()
    {
        using var network = new Cifar();
        SelfCheckReport report = network.SelfCheck(new CifarResNetSpec { Name = "Larger", Depth = 20, Height = 64, Width = 64 }.Build());
        Assert.StartsWith("forward of one image [1, 3, 64, 64]: expected [1, 10], found Cifar takes", Assert.Single(report.Differences), StringComparison.Ordinal);
    }

    [Fact]
    public void ATypeOfAnotherKindIsADifference()
    {
        using var module = new Counted();
        Assert.Contains("bn1.num_batches_tracked: expected an int64 buffer [], found a buffer [] of Float32", module.SelfCheck(s_small).Differences);
    }

    [Fact]
    public void TheCheckChangesNothing()
    {
        using var network = new Cifar();
        network.train();
        network.Bn1.eval();
        using Tensor before = network.Bn1.running_mean!.clone();
        network.SelfCheck().ThrowIfDifferent();
        Assert.True(network.training);
        Assert.False(network.Bn1.training);
        Assert.True(network.Layer1[0].Bn1.training);
        Assert.True(before.Equals(network.Bn1.running_mean!));
    }

    private static void AssertAlike<TNetwork>(TNetwork network)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        using (network)
        {
            SelfCheckReport report = network.SelfCheck();
            Assert.True(report.IsAlike, report.ToString());
            report.ThrowIfDifferent();
        }
    }

    // A module by hand whose counter is no integer.
    private sealed class Counted : nn.Module<Tensor, Tensor>
    {
        public Counted()
            : base(nameof(Counted))
        {
            var norm = new Norm();
            register_module("bn1", norm);
        }

        public override Tensor forward(Tensor input) => input.alias();

        private sealed class Norm : nn.Module<Tensor, Tensor>
        {
            public Norm()
                : base(nameof(Norm)) => register_buffer("num_batches_tracked", zeros(Array.Empty<long>()));

            public override Tensor forward(Tensor input) => input.alias();
        }
    }
}
