using ResNetGen.Architecture;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ResNetGen.Tests.Networks.Custom;

/// <summary>Networks of one's own compute, to the last gradient, what the same layers written by hand do.</summary>
public abstract class CustomNetworkTests<TNetwork>
    where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
{
    private static readonly NetworkArchitecture s_architecture = TNetwork.Architecture;

    /// <summary>The network by hand.</summary>
    private protected abstract Tensor Hand(Hand hand, Tensor images);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_computes_what_the_same_layers_by_hand_do(bool training)
    {
        using DisposeScope scope = NewDisposeScope();
        using TNetwork network = Ready(training);
        Tensor images = Images();
        Tensor expected = Hand(new Hand(network), images), actual = network.call(images);
        Assert.Equal(expected.shape, actual.shape);
        Close(expected, actual, "output");

        Tensor weights = randn(expected.shape);
        Tensor[] parameters = [.. network.parameters()];
        Tensor[] byHand = Gradients(expected, weights, parameters), ours = Gradients(actual, weights, parameters);
        for (int i = 0; i < parameters.Length; i++)
            Close(byHand[i], ours[i], network.named_parameters().ElementAt(i).name);
    }

    [Fact]
    public void It_holds_the_tensors_that_its_architecture_names()
    {
        using TNetwork network = TNetwork.Create();
        Assert.Equal(
            s_architecture.StateDict.Select(entry => $"{entry.Key} [{string.Join(", ", entry.Shape)}]").Order(StringComparer.Ordinal),
            network.state_dict().Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]").Order(StringComparer.Ordinal));
        Assert.Equal(
            s_architecture.StateDict.Where(entry => entry.Kind == StateKind.Parameter).Select(entry => entry.Key),
            network.named_parameters().Select(entry => entry.name));
        Assert.Equal(s_architecture.ParameterCount, network.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void It_releases_every_intermediate()
    {
        using DisposeScope outer = NewDisposeScope();
        using TNetwork network = Ready(training: false);
        Tensor images = Images();
        using DisposeScope inner = NewDisposeScope();
        using (no_grad())
        {
            Tensor scores = network.call(images);
            Assert.Equal(1, inner.DisposablesCount);
            scores.Dispose();
        }
    }

    [Fact]
    public void It_refuses_images_of_another_shape()
    {
        using DisposeScope scope = NewDisposeScope();
        using TNetwork network = TNetwork.Create();
        Assert.Throws<ArgumentException>(() => network.call(zeros(1, s_architecture.Input.Channels, s_architecture.Input.Height + 1, s_architecture.Input.Width)));
    }

    private static TNetwork Ready(bool training)
    {
        manual_seed(1);
        TNetwork network = TNetwork.Create();
        // Offsets that are zero and statistics of nothing would hide a layer left out.
        using (no_grad())
        {
            foreach (TorchSharp.Modules.Parameter parameter in network.parameters().Where(each => each.dim() == 1))
                parameter.add_(randn(parameter.shape).mul_(0.3));
            foreach ((string name, Tensor buffer) in network.named_buffers().Where(each => each.buffer.dim() == 1))
                buffer.add_(rand(buffer.shape));
        }

        network.train(training);
        // What dropout drops differs from call to call.
        foreach (TorchSharp.Modules.Dropout dropout in network.modules().OfType<TorchSharp.Modules.Dropout>())
            dropout.eval();

        return network;
    }

    private static Tensor Images() => randn(4, s_architecture.Input.Channels, s_architecture.Input.Height, s_architecture.Input.Width);

    private static Tensor[] Gradients(Tensor output, Tensor weights, Tensor[] parameters)
    {
        (output * weights).sum().backward();
        Tensor[] gradients = [.. parameters.Select(parameter => parameter.grad!.clone())];
        foreach (Tensor parameter in parameters)
            parameter.grad!.zero_();

        return gradients;
    }

    private static void Close(Tensor expected, Tensor actual, string what)
    {
        double scale = Math.Max(1, expected.abs().max().item<float>());
        double off = (expected - actual).abs().max().item<float>();
        Assert.True(off <= 2e-4 * scale, $"{what} is off by {off}, at a size of {scale}");
    }
}

public sealed class TinyNetTests : CustomNetworkTests<TinyNet>
{
    [Fact]
    public void Its_taps_are_what_the_pass_goes_through()
    {
        using DisposeScope scope = NewDisposeScope();
        using TinyNet network = new();
        network.eval();
        Tensor images = randn(2, 3, 16, 16);
        using TinyNet.FeatureMaps maps = network.ForwardFeatures(images);
        Assert.Equal([2, TinyNet.FeatureMaps.ReduceChannels, 16 / TinyNet.FeatureMaps.ReduceStride, 16 / TinyNet.FeatureMaps.ReduceStride], maps.Reduce.shape);
        Assert.Equal((16, 2), (TinyNet.FeatureMaps.TrunkChannels, TinyNet.FeatureMaps.TrunkStride));
        Tensor scores = network.Head.call(network.Pool.call(maps.Trunk));
        Assert.True(scores.allclose(network.call(images)));
    }

    [Fact]
    public void Its_layers_are_typed()
    {
        using TinyNet network = new();
        Assert.Equal(3, network.Trunk.Count);
        Assert.Null(network.Trunk[2].Downsample);
        Assert.Equal([16, 8, 1, 1], ((TorchSharp.Modules.Conv2d)((TorchSharp.Modules.Sequential)network.Reduce.Downsample!)[0]).weight!.shape);
        Assert.Equal([16, 8, 3, 3], network.Reduce.Branch.A.Conv.weight!.shape);
    }

    private protected override Tensor Hand(Hand hand, Tensor images)
    {
        Tensor x = hand.ConvNorm(images, "stem").relu();
        Tensor branch = hand.ConvNorm(hand.ConvNorm(x, "reduce.branch.a", stride: 2).relu(), "reduce.branch.b");
        Tensor shortcut = hand.Norm(hand.Conv(x, "reduce.downsample.0", stride: 2, padding: 0), "reduce.downsample.1");
        x = (branch + shortcut).relu();
        for (int i = 0; i < 3; i++)
            x = (x + hand.ConvNorm(hand.ConvNorm(x, $"trunk.{i}.branch.a").relu(), $"trunk.{i}.branch.b")).relu();

        return hand.Linear(ResNetGen.Tests.Networks.Custom.Hand.Mean(x), "head");
    }
}

public sealed class TwoPathTests : CustomNetworkTests<TwoPath>
{
    private protected override Tensor Hand(Hand hand, Tensor images)
    {
        Tensor stem = hand.Conv(images, "stem.conv").relu();
        Tensor sum = (hand.Conv(stem, "left", padding: 0) + hand.Conv(stem, "right", padding: 2, groups: 4) + stem).relu();
        Tensor halved = F.max_pool2d(sum, 3, 2, 1), small = F.avg_pool2d(images, 2L, 2L);
        return hand.Linear(cat([halved, small], 1).flatten(1), "head");
    }
}

public sealed class PreActivatedTests : CustomNetworkTests<PreActivated>
{
    private protected override Tensor Hand(Hand hand, Tensor images)
    {
        Tensor x = hand.Conv(images, "stem");
        for (int i = 0; i < 2; i++)
        {
            Tensor unit = hand.NormConv(x, $"first.{i}.branch.a");
            x = x + (unit + hand.ConvNorm(unit, $"first.{i}.branch.b.branch.a").relu()).relu();
        }

        Tensor wide = hand.NormConv(hand.NormConv(x, "second.branch.a", stride: 2), "second.branch.b");
        Tensor zeros = F.pad(F.avg_pool2d(x, 1L, 2L), [0, 0, 0, 0, 0, 4]);
        x = hand.Norm(wide + zeros, "last.bn").relu();
        x = F.gelu(hand.Conv(x, "dilated", padding: 2, dilation: 2));
        x = F.silu(hand.Conv(x, "plain"));
        x = hand.ConvNorm(x, "normed");
        x = x.relu() - (x.neg().relu() * 0.1);
        x = hand.Norm(hand.Conv(x, "unnormed"), "norm").sigmoid();
        return hand.Linear(ResNetGen.Tests.Networks.Custom.Hand.Mean(x), "head");
    }
}

public sealed class OnAStageTests : CustomNetworkTests<OnAStage>
{
    private protected override Tensor Hand(Hand hand, Tensor images)
    {
        Tensor x = F.max_pool2d(hand.Norm(hand.Conv(images, "trunk.conv1", stride: 2, padding: 3), "trunk.bn1").relu(), 3, 2, 1);
        string block = "trunk.layer1.0";
        Tensor branch = hand.Norm(hand.Conv(hand.Norm(hand.Conv(x, block + ".conv1"), block + ".bn1").relu(), block + ".conv2"), block + ".bn2");
        Tensor shortcut = hand.Norm(hand.Conv(x, block + ".downsample.0", padding: 0), block + ".downsample.1");
        return hand.Linear(ResNetGen.Tests.Networks.Custom.Hand.Mean((branch + shortcut).relu()), "embedding");
    }
}

public sealed class OnATapTests : CustomNetworkTests<OnATap>
{
    private protected override Tensor Hand(Hand hand, Tensor images)
    {
        Tensor x = hand.ConvNorm(images, "trunk.stem").relu();
        Tensor branch = hand.ConvNorm(hand.ConvNorm(x, "trunk.reduce.branch.a", stride: 2).relu(), "trunk.reduce.branch.b");
        Tensor shortcut = hand.Norm(hand.Conv(x, "trunk.reduce.downsample.0", stride: 2, padding: 0), "trunk.reduce.downsample.1");
        x = (branch + shortcut).relu();
        for (int i = 0; i < 3; i++)
            x = (x + hand.ConvNorm(hand.ConvNorm(x, $"trunk.trunk.{i}.branch.a").relu(), $"trunk.trunk.{i}.branch.b")).relu();

        Tensor stem = hand.Conv(x, "rest.stem.conv").relu();
        Tensor sum = (hand.Conv(stem, "rest.left", padding: 0) + hand.Conv(stem, "rest.right", padding: 2, groups: 4) + stem).relu();
        return ResNetGen.Tests.Networks.Custom.Hand.Mean(F.max_pool2d(sum, 3, 2, 1));
    }
}
