using ResNetGen.Tests.Parity;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Families;

/// <summary>What weights start from, where that is an option of the family's.</summary>
public class FirstValueTests
{
    [Fact]
    public void GatesStartNearlyClosed()
    {
        using var usual = new Exclusive110();
        using var written = new ShortcutOnly110();
        Assert.Equal(54, Biases(usual).Count(bias => bias == (-6, -6)));
        Assert.Equal(54, Biases(written).Count(bias => bias == (-3, -3)));
    }

    [Fact]
    public void TheLastNormOfEachBlockStartsAtZeroWhereThatIsWritten()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new SmallResNet50D();
        foreach ((string name, Parameter parameter) in network.named_parameters().Where(entry => entry.parameter.dim() == 1 && entry.name.EndsWith("weight", StringComparison.Ordinal)))
            Assert.True(parameter.mean().item<float>() == (name.Contains(".bn3.", StringComparison.Ordinal) ? 0 : 1), name);
    }

    // torchvision's: normal with deviation 0.01, biases zero.
    [Fact]
    public void VggsLinearLayersStartAsTorchvisions()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        using var network = new Vgg11();
        using Tensor weight = network.state_dict()["classifier.3.weight"];
        Assert.Equal(0.01, weight.std().item<float>(), 1e-5);
        Assert.Equal(0, weight.mean().item<float>(), 1e-5);
        Assert.All(network.named_parameters().Where(entry => entry.name.EndsWith("bias", StringComparison.Ordinal)),
            entry => Assert.Equal(0, entry.parameter.abs().sum().item<float>()));
    }

    private static IEnumerable<(float, float)> Biases(nn.Module network) => network.named_parameters()
        .Where(entry => entry.name.EndsWith("gate.bias", StringComparison.Ordinal))
        .Select(entry => (entry.parameter.min().item<float>(), entry.parameter.max().item<float>()));
}
