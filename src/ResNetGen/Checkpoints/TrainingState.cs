using ResNetGen.Weights;
using static TorchSharp.torch;

namespace ResNetGen.Checkpoints;

/// <summary>All that a run needs to go on as if it had never stopped.</summary>
public sealed record TrainingState : IDisposable
{
    /// <summary>What run it is.</summary>
    public required RunIdentity Identity { get; init; }

    /// <summary>How far it has come.</summary>
    public required TrainingPosition Position { get; init; }

    /// <summary>Test error of the weights of this very iteration, 0 to 1; null where they were not evaluated.</summary>
    public double? TestError { get; init; }

    /// <summary>
    /// Which weights <see cref="TestError"/> is of, by the first part of their names in the file: <c>model</c>, or <c>ema</c> for the
    /// moving average (with the model's buffers). Null where there is no test error, or the file does not say.
    /// </summary>
    public string? TestErrorOf { get; init; }

    /// <summary>The network's state_dict: parameters and buffers.</summary>
    public required IReadOnlyDictionary<string, Tensor> Model { get; init; }

    /// <summary>The optimizer's tensors, such as <c>conv1.weight.momentum_buffer</c>.</summary>
    public IReadOnlyDictionary<string, Tensor> Optimizer { get; init; } = new Dictionary<string, Tensor>();

    /// <summary>Moving averages of the weights, by the names of what they average; empty where the recipe keeps none.</summary>
    public IReadOnlyDictionary<string, Tensor> Averages { get; init; } = new Dictionary<string, Tensor>();

    /// <summary>States of random number generators, such as <c>cpu</c> → <c>torch.get_rng_state()</c>.</summary>
    public IReadOnlyDictionary<string, Tensor> RandomStates { get; init; } = new Dictionary<string, Tensor>();

    /// <summary>Whatever else a trainer wants back, as text.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>What whoever loads the weights must know: a resumed run measures anew. Null writes none.</summary>
    internal WeightRecord? Record { get; init; }

    /// <summary>All tensors by the names they have in the file, such as <c>model.conv1.weight</c>.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors => CheckpointGroup.All.SelectMany(group =>
        group.Of(this).Select(pair => new KeyValuePair<string, Tensor>(group.Prefix + pair.Key, pair.Value)));

    /// <summary>Disposes all its tensors. Only for a state that was loaded: a saved one holds the network's own tensors.</summary>
    public void Dispose()
    {
        foreach ((_, Tensor tensor) in Tensors) tensor.Dispose();
    }
}
