using System.Text.Json;
using ResNetGen.Architecture;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Networks;

/// <summary>Generated networks at run time: what they hold, what they compute, and what they leave behind.</summary>
public abstract class GeneratedNetworkTests<TNetwork>(string golden)
    where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
{
    private static readonly NetworkArchitecture s_architecture = TNetwork.Architecture;

    private static Tensor Images(int count = 4)
    {
        Shape input = s_architecture.Input;
        return Golden.Tensor("images", count, input.Channels, input.Height, input.Width).mul_(2);
    }

    [Fact]
    public void ItHoldsTheTensorsThatItsArchitectureNames()
    {
        using TNetwork network = TNetwork.Create();
        Dictionary<string, Tensor> state = network.state_dict();
        Assert.Equal(
            s_architecture.StateDict.Select(entry => $"{entry.Key} [{string.Join(", ", entry.Shape)}]").Order(StringComparer.Ordinal),
            state.Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]").Order(StringComparer.Ordinal));
        Assert.Equal(
            s_architecture.StateDict.Where(entry => entry.Kind == StateKind.Parameter).Select(entry => entry.Key),
            network.named_parameters().Select(entry => entry.name));
        Assert.Equal(s_architecture.ParameterCount, network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(s_architecture.BufferCount, state.Where(entry => entry.Key.Contains(".running_", StringComparison.Ordinal)).Sum(entry => entry.Value.numel()));
    }

    [Fact]
    public void ItScoresAsPyTorchDoes()
    {
        using DisposeScope scope = NewDisposeScope();
        using TNetwork network = TNetwork.Create();
        Golden.SetWeights(network);
        network.eval();
        using (no_grad())
            AssertClose("evaluated", network.call(Images()));
    }

    [Fact]
    public void ItTrainsAsPyTorchDoes()
    {
        using DisposeScope scope = NewDisposeScope();
        using TNetwork network = TNetwork.Create();
        Golden.SetWeights(network);
        network.train();
        Tensor scores = network.call(Images());
        AssertClose("trained", scores);

        (scores * Golden.Tensor("loss", 4, 10)).sum().backward();
        JsonElement norms = Golden.Of(golden).GetProperty("gradients");
        Assert.All(network.named_parameters(), entry =>
        {
            double expected = norms.GetProperty(entry.name).GetDouble();
            double actual = entry.parameter.grad!.to(float64).pow(2).sum().item<double>();
            Assert.Equal(expected, Math.Sqrt(actual), 2e-3 * Math.Max(expected, 1e-2));
        });
    }

    // Everything a forward pass makes is gone when it returns, but for what it returns.
    [Fact]
    public void ItReleasesEveryIntermediateAndNothingElse()
    {
        using DisposeScope outer = NewDisposeScope();
        using TNetwork network = TNetwork.Create();
        network.eval();
        Tensor images = Images(2);
        float first = images.select(0, 0).select(0, 0).select(0, 0).select(0, 0).item<float>();

        using DisposeScope inner = NewDisposeScope();
        using (no_grad())
        {
            Tensor scores = network.call(images);
            Assert.Equal([2, 10], scores.shape);
            Assert.Same(scores, Assert.Single(inner.DisposablesView));
        }

        Assert.False(images.IsInvalid);
        Assert.Equal(first, images.select(0, 0).select(0, 0).select(0, 0).select(0, 0).item<float>());
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(0, 0, 1)]
    public void ItRefusesAnotherShapeByName(int channels, int height, int width)
    {
        Shape input = s_architecture.Input;
        using TNetwork network = TNetwork.Create();
        using Tensor images = zeros(2, input.Channels + channels, input.Height + height, input.Width + width);
        var error = Assert.Throws<ArgumentException>(() => network.call(images));
        Assert.StartsWith(
            $"{typeof(TNetwork).Name} takes [N, {input.Channels}, {input.Height}, {input.Width}], "
                + $"got [2, {input.Channels + channels}, {input.Height + height}, {input.Width + width}].",
            error.Message,
            StringComparison.Ordinal);

        using Tensor flat = zeros(2, input.Channels);
        Assert.Throws<ArgumentException>(() => network.call(flat));
    }

    [Fact]
    public void ItStartsAsHeAndHisColleaguesDo()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        using TNetwork network = TNetwork.Create();
        foreach ((string key, Tensor tensor) in network.state_dict())
        {
            long[] shape = tensor.shape;
            if (shape.Length == 4 && tensor.numel() >= 1000)
            {
                // Standard deviation sqrt(2 / fan-out); of n numbers it is known within some 1 / sqrt(2n). PyTorch counts the
                // fan-out of a grouped convolution as if it had one group.
                double expected = Math.Sqrt(2.0 / (shape[0] * shape[2] * shape[3]));
                Assert.Equal(expected, tensor.std().item<float>(), 5 * expected / Math.Sqrt(2 * tensor.numel()));
            }
            else if (key == "fc.bias")
            {
                Assert.Equal(0, tensor.abs().sum().item<float>());
            }
        }

        // What gates start from is another test's matter.
        Assert.All(network.named_parameters().Where(entry => entry.parameter.dim() == 1
            && !entry.name.StartsWith("fc", StringComparison.Ordinal) && !entry.name.Contains(".gate.", StringComparison.Ordinal)), entry =>
            Assert.Equal(entry.name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0, entry.parameter.mean().item<float>()));
    }

    private void AssertClose(string what, Tensor actual)
    {
        double[] expected = [.. Golden.Of(golden).GetProperty(what).EnumerateArray().Select(value => value.GetDouble())];
        float[] values = actual.detach().flatten().data<float>().ToArray();
        double scale = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(expected[i], values[i], 1e-4 * scale);
    }
}

public class BasicTests() : GeneratedNetworkTests<BasicNet>("Basic");

public class BasicCTests() : GeneratedNetworkTests<BasicC>("BasicC");

public class BottleneckTests() : GeneratedNetworkTests<BottleneckNet>("Bottleneck");

public class BottleneckV15Tests() : GeneratedNetworkTests<BottleneckV15>("BottleneckV15");

public class GroupedTests() : GeneratedNetworkTests<Grouped>("Grouped");

public class BottleneckATests() : GeneratedNetworkTests<BottleneckA>("BottleneckA");

public class BottleneckABothTests() : GeneratedNetworkTests<BottleneckABoth>("BottleneckABoth");

public class PlainTests() : GeneratedNetworkTests<Plain>("Plain");

public class PlainBottleneckTests() : GeneratedNetworkTests<PlainBottleneck>("PlainBottleneck");

public class CifarTests() : GeneratedNetworkTests<Cifar>("Cifar");

public class CifarBTests() : GeneratedNetworkTests<CifarB>("CifarB");

public class CifarCTests() : GeneratedNetworkTests<CifarC>("CifarC");

public class CifarBottleneckTests() : GeneratedNetworkTests<CifarBottleneck>("CifarBottleneck");

public class CifarPlainTests() : GeneratedNetworkTests<CifarPlain>("CifarPlain");
