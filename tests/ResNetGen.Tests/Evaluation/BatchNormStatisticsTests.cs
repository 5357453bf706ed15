using System.Text.Json;
using ResNetGen.Data;
using ResNetGen.Evaluation;
using ResNetGen.Tests.Analyses;
using ResNetGen.Tests.Parity;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Evaluation;

public sealed class BatchNormStatisticsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Averages_are_those_of_PyTorchs_update_bn()
    {
        using ResNet14 network = Filled();
        Assert.Equal(4, network.RecomputeBatchNorm(Enumerable.Range(0, 4).Select(Images)));

        Dictionary<string, Tensor> state = network.state_dict();
        foreach (JsonProperty entry in Golden.Of("update_bn").EnumerateObject())
        {
            float[] expected = [.. entry.Value.EnumerateArray().Select(static value => value.GetSingle())];
            float[] found = state[entry.Name].to(ScalarType.Float32).data<float>().ToArray();
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));
            Assert.Equal(expected.Length, found.Length);
        }
    }

    [Fact]
    public void The_average_of_whole_numbers_is_exact()
    {
        // Batches of two values ±d around m: mean m, unbiased variance 2d².
        using BatchNorm2d layer = nn.BatchNorm2d(1, momentum: 0.25);
        layer.eval();
        nn.Module<Tensor, Tensor> network = nn.Sequential(("bn", layer));
        Tensor[] batches = [.. new[] { (1f, 1f), (3f, 2f), (5f, 0f), (7f, 1f) }.Select(static b => tensor([b.Item1 - b.Item2, b.Item1 + b.Item2], [2, 1, 1, 1]))];
        network.RecomputeBatchNorm(batches);
        Assert.Equal(4f, layer.running_mean!.item<float>());
        Assert.Equal((2f + 8f + 0f + 2f) / 4, layer.running_var!.item<float>(), 1e-6f);
        Assert.Equal(4, layer.num_batches_tracked!.item<long>());
        Assert.Equal(0.25, layer.momentum);
        Assert.False(layer.training);
    }

    [Fact]
    public void A_source_is_averaged_over_an_epoch_of_full_batches()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(("bn", nn.BatchNorm2d(1)));
        ImageSplit source = new("train", new ResNetGen.Architecture.Shape(1, 1, 1), 10, new byte[] { 0, 51, 102, 153, 255, 255 }, new int[6]);
        Normalization plain = Normalization.Measure(NormalizationKind.None, source);
        Tensor mean = network.state_dict()["bn.running_mean"];
        Assert.Equal(3, network.RecomputeBatchNorm(source, plain, new BatchNormOptions { BatchSize = 2 }));
        Assert.Equal(816 / 255.0 / 6, mean.item<float>(), 1e-6);
        Assert.Equal(1, network.RecomputeBatchNorm(source, plain, new BatchNormOptions { BatchSize = 4 }));
        Assert.Equal(2, network.RecomputeBatchNorm(source, plain, new BatchNormOptions { BatchSize = 2, Batches = 2, Seed = 3 }));

        float before = mean.item<float>();
        Assert.Throws<BadInputException>(() => network.RecomputeBatchNorm(source, plain, new BatchNormOptions { BatchSize = 7 }));
        Assert.Throws<BadInputException>(() => network.RecomputeBatchNorm(source, plain, new BatchNormOptions { Batches = 0 }));
        Assert.Equal(before, mean.item<float>());
    }

    [Fact]
    public void Weights_and_modes_stay_and_dropout_is_off()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(("drop", nn.Dropout(0.5)), ("bn", nn.BatchNorm2d(3)));
        network.train();
        Tensor images = Images(0);
        network.RecomputeBatchNorm([images]);
        Tensor mean = network.state_dict()["bn.running_mean"];
        Assert.True(mean.allclose(images.mean([0, 2, 3]), 1e-5, 1e-6));
        Assert.All(network.modules(), static module => Assert.True(module.training));
    }

    [Fact]
    public void Where_it_fails_nothing_has_changed()
    {
        using ResNet14 network = Filled();
        string before = State(network);
        Assert.Contains("batches of training images", Assert.Throws<BadInputException>(() => network.RecomputeBatchNorm([])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => network.RecomputeBatchNorm(Broken()));
        Assert.Equal(before, State(network));
        Assert.All(network.modules().OfType<BatchNorm2d>(), static layer => Assert.Equal(0.1, layer.momentum));

        static IEnumerable<Tensor> Broken()
        {
            yield return Images(0);
            throw new InvalidOperationException("the data folder is gone");
        }
    }

    private static ResNet14 Filled()
    {
        ResNet14 network = new();
        Formula.Fill(network);
        return network;
    }

    private static Tensor Images(int i) => Formula.Images($"batch{i}", 8, 3, 32, 32);

    private static string State(nn.Module network) =>
        string.Concat(network.state_dict().Select(static entry => Convert.ToHexString(entry.Value.contiguous().bytes)));
}
