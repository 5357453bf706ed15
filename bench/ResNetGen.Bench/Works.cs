using ResNetGen.Native;
using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary>The pieces of work that are compared; each makes its state once and returns one iteration.</summary>
internal static class Works
{
    /// <summary>10,000 in-place additions on one element: the cost of a call.</summary>
    internal static Action AddOneElement()
    {
        Tensor x = zeros(1);
        return () =>
        {
            for (int i = 0; i < 10_000; i++) x.add_(1);
        };
    }

    /// <summary>ResNet-20 in evaluation, one image.</summary>
    internal static Action ForwardOne()
    {
        var network = new ResNet20();
        network.eval();
        MemoryFormat.ChannelsLast(network);
        using Tensor drawn = randn(1, 3, 32, 32);
        Tensor x = MemoryFormat.ChannelsLast(drawn);
        return () =>
        {
            using IDisposable evaluation = no_grad();
            network.call(x).Dispose();
        };
    }

    /// <summary>One step of SGD on ResNet-20 with 128 images, float32.</summary>
    internal static Action TrainingStep()
    {
        var network = new ResNet20();
        network.train();
        MemoryFormat.ChannelsLast(network);
        var optimizer = optim.SGD(network.parameters(), 0.01, momentum: 0.9, weight_decay: 1e-4);
        using Tensor drawn = randn(128, 3, 32, 32);
        Tensor x = MemoryFormat.ChannelsLast(drawn);
        Tensor labels = randint(10, [128]);
        return () =>
        {
            using var step = NewDisposeScope();
            network.zero_grad();
            Tensor loss = nn.functional.cross_entropy(network.call(x), labels);
            loss.backward();
            optimizer.step();
        };
    }
}
