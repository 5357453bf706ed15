using ResNetGen.Architecture;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Families;

/// <summary>
/// The networks of Networks.cs as they are compiled: their tensors are those that the architecture names, and forward and
/// backward run to the shape that it says, with finite gradients in every weight.
/// </summary>
public class FamilyRunTests
{
    private static readonly Dictionary<string, Action> s_runs = new()
    {
        ["BN after addition 110"] = Runs<BnAfter110>,
        ["ReLU before addition 110"] = Runs<ReluBefore110>,
        ["ReLU-only pre-activation 110"] = Runs<ReluOnly110>,
        ["full pre-activation 110"] = Runs<PreAct110>,
        ["full pre-activation 164"] = Runs<PreAct164>,
        ["full pre-activation 1001"] = Runs<PreAct1001>,
        ["constant scale of the shortcut 110"] = Runs<HalfSkip110>,
        ["constant scale of both 110"] = Runs<HalfBoth110>,
        ["exclusive gate 110"] = Runs<Exclusive110>,
        ["shortcut-only gate 110"] = Runs<ShortcutOnly110>,
        ["1×1 shortcuts 110"] = Runs<Conv1x1Skip110>,
        ["dropout on shortcuts 110"] = Runs<DropoutSkip110>,
        ["one layer a shortcut 110"] = Runs<SingleLayer110>,
        ["one pre-activated layer a shortcut 20"] = Runs<SingleLayerPreAct20>,
        ["pre-activation 18"] = Runs<PreAct18>,
        ["pre-activation 50, shortcut A"] = Runs<PreAct50A>,
        ["squeeze-and-excitation 50"] = Runs<SmallSe50>,
        ["ResNet-50-D"] = Runs<SmallResNet50D>,
        ["output stride 8"] = Runs<Dilated50>,
        ["backbone of other widths"] = Runs<Backbone18>,
        ["drop path and squeeze-and-excitation 34"] = Runs<DropPath34>,
        ["drop path, scales and ReLU before addition 20"] = Runs<Everything20>,
        ["one stage with drop path"] = Runs<OneStage>,
        ["pre-activation backbone"] = Runs<PreActBackbone20>,
        ["VGG-11 backbone"] = Runs<VggBackbone11>,
        ["VGG-13-BN backbone"] = Runs<VggBackbone13Bn>,
    };

    public static TheoryData<string> Names => [.. s_runs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ItHoldsWhatItSaysAndTrains(string network) => s_runs[network]();

    [Fact]
    public void TwelveHundredLayersAreMadeAsTheyAreDescribed()
    {
        using ResNet1202 network = new();
        Assert.Equal(ResNet1202.Architecture.StateDictEntries, network.state_dict().Count);
        Assert.Equal(19_421_274, network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal([200, 200, 200], [network.Layer1.Count, network.Layer2.Count, network.Layer3.Count]);
    }

    private static void Runs<TNetwork>()
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        NetworkArchitecture architecture = TNetwork.Architecture;
        using TNetwork network = TNetwork.Create();
        Dictionary<string, Tensor> state = network.state_dict();
        Assert.Equal(
            architecture.StateDict.Select(entry => $"{entry.Key} [{string.Join(", ", entry.Shape)}]").Order(StringComparer.Ordinal),
            state.Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]").Order(StringComparer.Ordinal));
        Assert.Equal(architecture.ParameterCount, network.parameters().Sum(parameter => parameter.numel()));

        network.train();
        Shape input = architecture.Input, output = architecture.Output;
        Tensor images = randn(2, input.Channels, input.Height, input.Width);
        Tensor given = network.call(images);
        Assert.Equal(output.IsVector ? [2, output.Channels] : [2, output.Channels, output.Height, output.Width], given.shape);
        (given * given).mean().backward();
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
        {
            Tensor gradient = parameter.grad ?? throw new InvalidOperationException($"{name} has no gradient.");
            Assert.True(float.IsFinite(gradient.abs().sum().item<float>()), $"{name}: the gradient is not finite.");
        }
    }
}
