using System.Text.Json;
using ResNetGen.Tests.Data;
using ResNetGen.Tests.Parity;
using ResNetGen.Weights;
using ResNetGen.Weights.PyTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Weights;

/// <summary>
/// Files of torch.save for whole networks (make_logits_golden.py) give PyTorch's logits, and go back without a bit changed.
/// ResNetGen.RoundTrip does so for every depth, with PyTorch at both ends.
/// </summary>
public sealed class PyTorchRoundTripTests : IDisposable
{
    private static readonly JsonElement s_golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Weights", "logits.golden.json"))).RootElement;

    private readonly TestFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    [Fact]
    public void A_CIFAR_network() => Agrees<Cifar20>("cifar20", 2, 3, 32, 32);

    [Fact]
    public void A_network_of_torchvision() => Agrees<ImageNet50>("resnet50", 1, 3, 64, 64);

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private void Agrees<TNetwork>(string name, params long[] shape) where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        string path = PyTorchFileTests.Golden(name + ".pth");
        using IDisposable evaluation = no_grad();
        using TNetwork network = TNetwork.Create();
        network.LoadWeights(path);
        network.eval();
        float[] found = network.call(Images(shape))[TensorIndex.Colon, TensorIndex.Slice(0, 10)].flatten().data<float>().ToArray();
        float[] expected = [.. s_golden.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];
        float scale = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), each => Assert.InRange(Math.Abs(each.First - each.Second), 0, 1e-5f * scale));

        network.SaveWeights(folder["back.safetensors"]);
        Dictionary<string, Tensor> back = Safetensors.Load(folder["back.safetensors"]);
        using PyTorchFile file = PyTorchFile.Open(path);
        Assert.Equal(file.Names.Order(StringComparer.Ordinal), back.Keys.Order(StringComparer.Ordinal));
        Assert.All(file.Names, key =>
        {
            using Tensor given = file.Read(key);
            Assert.Equal((given.dtype, string.Join(' ', given.shape)), (back[key].dtype, string.Join(' ', back[key].shape)));
            Assert.True(given.bytes.SequenceEqual(back[key].bytes), key);
            back[key].Dispose();
        });
    }

    // The script's numbers: a linear congruential generator's upper bits.
    private static Tensor Images(long[] shape)
    {
        uint value = 12345;
        float[] numbers = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < numbers.Length; i++)
        {
            value = (value * 1103515245 + 12345) & 0x7fffffff;
            numbers[i] = ((value >> 15) % 4096 / 4096f * 2 - 1) * 2;
        }

        return tensor(numbers, shape);
    }
}
