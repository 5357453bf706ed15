using static TorchSharp.torch;

namespace ResNetGen.Checkpoints;

/// <summary>One kind of tensors in a checkpoint, told by the first part of their names.</summary>
/// <param name="Prefix">The first part, with its dot.</param>
/// <param name="Of">Where a state keeps them.</param>
internal sealed record CheckpointGroup(string Prefix, Func<TrainingState, IReadOnlyDictionary<string, Tensor>> Of)
{
    public static CheckpointGroup Model { get; } = new("model.", static state => state.Model);

    public static CheckpointGroup Optimizer { get; } = new("optimizer.", static state => state.Optimizer);

    public static CheckpointGroup Averages { get; } = new("ema.", static state => state.Averages);

    public static CheckpointGroup RandomStates { get; } = new("random.", static state => state.RandomStates);

    /// <summary>The first part without its dot.</summary>
    public string Name => Prefix.TrimEnd('.');

    /// <summary>All of them, in the order in which they are written.</summary>
    public static IReadOnlyList<CheckpointGroup> All { get; } = [Model, Optimizer, Averages, RandomStates];
}
