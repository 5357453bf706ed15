using ResNetGen.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Checkpoints;

/// <summary>A run small enough that every byte of its checkpoint can be tried.</summary>
internal static class SmallRun
{
    public static RunIdentity Identity { get; } = new()
    {
        Network = "ResNet20", Architecture = "cifar:20:A", WeightedLayers = 20, Dataset = "CIFAR-10", DatasetFingerprint = "0123456789abcdef",
        TestFingerprint = "fedcba9876543210",
        Seed = -7, BatchSize = 128, Recipe = "quick: one-cycle \"0.4\", 4 epochs",
    };

    public static TrainingState State(long iteration, float value = 1.5f) => new()
    {
        Identity = Identity,
        Position = new TrainingPosition(iteration, 3, 17, iteration * 128),
        Model = new Dictionary<string, Tensor>
        {
            ["conv1.weight"] = full(2, 2, value, dtype: ScalarType.Float32),
            ["bn1.num_batches_tracked"] = tensor(iteration, ScalarType.Int64),
        },
        Optimizer = new Dictionary<string, Tensor> { ["conv1.weight.momentum_buffer"] = arange(4, dtype: ScalarType.Float32).reshape(2, 2) },
        Averages = new Dictionary<string, Tensor> { ["conv1.weight"] = full(2, 2, value / 2, dtype: ScalarType.Float32) },
        RandomStates = new Dictionary<string, Tensor> { ["cpu"] = arange(5, dtype: ScalarType.Int64).to(ScalarType.Byte) },
        Extra = new Dictionary<string, string> { ["best"] = "78.41" },
    };
}
