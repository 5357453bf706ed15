using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Parity;

/// <summary>Our networks against torchvision's and PyTorch's, from the same weights and batches, in float32.</summary>
public class PyTorchParityTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "parity.json"))).RootElement;

    [Theory]
    [InlineData("conv1.weight")]
    [InlineData("layer1.0.bn1.bias")]
    public void TheFormulaGivesTheSameNumbersOnBothSides(string name) =>
        Assert.Equal(Floats(Golden.GetProperty("samples").GetProperty(name)), Formula.Uniform(name, 4));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ResNet20WithOptionATrainsAlike(bool channelsLast) =>
        TrainsAlike<Cifar20>("ResNet20", batch: 16, size: 32, rate: 0.005, channelsLast);

    [Fact]
    public void ResNet18TrainsAlike() => TrainsAlike<Small18>("ResNet18", batch: 8, size: 64, rate: 1e-4);

    [Fact]
    public void ResNet50WithThePapersStrideTrainsAlike() => TrainsAlike<Small50>("ResNet50", batch: 8, size: 64, rate: 3e-7);

    [Fact]
    public void ResNet50WithTheLaterStrideTrainsAlike() => TrainsAlike<Small50V15>("ResNet50V15", batch: 8, size: 64, rate: 3e-7);

    private static readonly Dictionary<string, Action> s_forwards = new()
    {
        ["ResNet18"] = ForwardAgrees<ResNet18>,
        ["ResNet34"] = ForwardAgrees<ResNet34>,
        ["ResNet50"] = ForwardAgrees<ResNet50>,
        ["ResNet101"] = ForwardAgrees<ResNet101>,
        ["ResNet152"] = ForwardAgrees<ResNet152>,
        ["ResNet50V15"] = ForwardAgrees<ResNet50V15>,
        ["ResNet101V15"] = ForwardAgrees<ResNet101V15>,
        ["ResNet152V15"] = ForwardAgrees<ResNet152V15>,
        ["ResNeXt50"] = ForwardAgrees<ResNeXt50>,
        ["ResNeXt101"] = ForwardAgrees<ResNeXt101>,
        ["WideResNet50"] = ForwardAgrees<WideResNet50>,
        ["Vgg11"] = ForwardAgrees<Vgg11>,
        ["Vgg11Bn"] = ForwardAgrees<Vgg11Bn>,
        ["Vgg13"] = ForwardAgrees<Vgg13>,
        ["Vgg13Bn"] = ForwardAgrees<Vgg13Bn>,
        ["Vgg16"] = ForwardAgrees<Vgg16>,
        ["Vgg16Bn"] = ForwardAgrees<Vgg16Bn>,
        ["Vgg19"] = ForwardAgrees<Vgg19>,
        ["Vgg19Bn"] = ForwardAgrees<Vgg19Bn>,
    };

    public static TheoryData<string> Forwards => [.. s_forwards.Keys];

    [Theory]
    [MemberData(nameof(Forwards))]
    public void ForwardAndKeysAreTorchvisions(string network) => s_forwards[network]();

    private static void TrainsAlike<TNetwork>(string name, int batch, int size, double rate, bool channelsLast = false)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create();
        Formula.Fill(network);
        if (channelsLast) MemoryFormat.ChannelsLast(network);
        network.train();
        using ParameterOptimizer optimizer = new Sgd().Create(DecayGroups.Of(network, WeightDecayTarget.AllParameters).Parameters(network, 1e-4));
        float[] expected = Floats(Golden.GetProperty("losses").GetProperty(name));
        for (int step = 0; step < 10; step++)
        {
            using var scope = NewDisposeScope();
            Tensor images = Formula.Images($"batch{step % 8}", batch, 3, size, size);
            if (channelsLast) images = MemoryFormat.ChannelsLast(images);
            network.zero_grad();
            Tensor loss = nn.functional.cross_entropy(network.call(images), Formula.Labels($"labels{step % 8}", batch, 10));
            loss.backward();
            optimizer.Step(rate);

            // Sums in another order differ in the last bits; ten steps let that grow, to well below one in ten thousand.
            float found = loss.item<float>();
            Assert.True(Math.Abs(found - expected[step]) <= 1e-4 * Math.Abs(expected[step]),
                $"{name}, step {step}: PyTorch's loss is {expected[step]}, ours {found}");
        }
    }

    private static void ForwardAgrees<TNetwork>()
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        using var scope = NewDisposeScope();
        using IDisposable evaluation = no_grad();
        using TNetwork network = TNetwork.Create();
        Formula.Fill(network);
        network.eval();
        Assert.Equal(Golden.GetProperty("keys").GetProperty(typeof(TNetwork).Name).GetString(), Keys(network));
        Architecture.Shape input = TNetwork.Architecture.Input;
        float[] found = network.call(Formula.Images("forward", 1, 3, input.Height, input.Width)).data<float>().ToArray();
        float[] expected = Floats(Golden.GetProperty("logits").GetProperty(typeof(TNetwork).Name));

        // Relative to the largest logit: single ones can lie near zero.
        float scale = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < found.Length; i++)
            Assert.True(Math.Abs(found[i] - expected[i]) <= 1e-4 * scale, $"logit {i}: PyTorch's is {expected[i]}, ours {found[i]}");
    }

    /// <summary>A hash of every key with its shape, in the order of the keys.</summary>
    private static string Keys(nn.Module network)
    {
        IEnumerable<string> lines = network.state_dict().Select(entry => $"{entry.Key}: {string.Join(' ', entry.Value.shape)}\n").Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetSingle())];
}
