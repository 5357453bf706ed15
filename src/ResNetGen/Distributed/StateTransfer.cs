using System.Text.Json;
using ResNetGen.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Distributed;

/// <summary>
/// A checkpoint's content on its way from rank 0 to all others: they may be on machines that never see the file. First a list of
/// tensors as text, then one tensor after the other.
/// </summary>
internal static class StateTransfer
{
    /// <summary>What all ranks go on from.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="load">Loads it, on rank 0.</param>
    /// <returns>The state, to be disposed; on other ranks than 0 made of what came.</returns>
    public static TrainingState Share(Ranks ranks, Func<TrainingState> load)
    {
        TrainingState? own = null;
        string list = ranks.OnFirst(() =>
        {
            own = load();
            return JsonSerializer.Serialize(Describe(own), StateText.Default.StateList);
        });
        StateList described = JsonSerializer.Deserialize(list, StateText.Default.StateList)!;
        TrainingState state = own ?? Empty(described);
        ranks.Broadcast(state.Tensors.Select(static pair => pair.Value));
        return state;
    }

    private static StateList Describe(TrainingState state) => new(
        state.Identity, state.Position, state.Extra.ToDictionary(),
        [.. state.Tensors.Select(static pair => new StateTensor(pair.Key, pair.Value.dtype.ToString(), pair.Value.shape))]);

    private static TrainingState Empty(StateList list)
    {
        GroupedTensors groups = new();
        foreach (StateTensor one in list.Tensors)
        {
            groups.Add(one.Name, zeros(one.Shape, dtype: Enum.Parse<ScalarType>(one.Type)).DetachFromDisposeScope());
        }

        return new TrainingState
        {
            Identity = list.Identity,
            Position = list.Position,
            Extra = list.Extra,
            Model = groups.Of(CheckpointGroup.Model),
            Optimizer = groups.Of(CheckpointGroup.Optimizer),
            Averages = groups.Of(CheckpointGroup.Averages),
            RandomStates = groups.Of(CheckpointGroup.RandomStates),
        };
    }
}

/// <summary>A tensor of a state.</summary>
internal sealed record StateTensor(string Name, string Type, long[] Shape);

/// <summary>A state without its values.</summary>
internal sealed record StateList(RunIdentity Identity, TrainingPosition Position, Dictionary<string, string> Extra, StateTensor[] Tensors);

/// <summary>How it is written.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(StateList))]
internal sealed partial class StateText : System.Text.Json.Serialization.JsonSerializerContext;
