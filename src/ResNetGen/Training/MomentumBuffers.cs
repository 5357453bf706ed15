using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>SGD's momentum, by the names of the parameters it belongs to.</summary>
internal static class MomentumBuffers
{
    private const string Suffix = ".momentum_buffer";

    /// <summary>The optimizer's own tensors; a parameter without a step yet has none.</summary>
    public static Dictionary<string, Tensor> Capture(SGD optimizer, IReadOnlyList<string> names)
    {
        Dictionary<string, Tensor> buffers = new(StringComparer.Ordinal);
        foreach ((string name, SGD.State state) in States(optimizer, names))
        {
            if (state.momentum_buffer is { } buffer)
            {
                buffers.Add(name + Suffix, buffer);
            }
        }

        return buffers;
    }

    /// <summary>Gives the optimizer copies of loaded tensors, where and as its parameters lie.</summary>
    public static void Restore(SGD optimizer, IReadOnlyList<string> names, IReadOnlyDictionary<string, Tensor> loaded, ComputePlan plan)
    {
        foreach ((string name, SGD.State state) in States(optimizer, names))
        {
            state.momentum_buffer?.Dispose();
            state.momentum_buffer = null!;
            if (loaded.TryGetValue(name + Suffix, out Tensor? buffer))
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor moved = buffer.to(plan.TorchDevice);
                Tensor laid = plan.ChannelsLast && moved.dim() == 4 ? MemoryFormat.ChannelsLast(moved) : moved;

                // A copy of its own: the checkpoint's tensors are about to be disposed.
                state.momentum_buffer = laid.clone().DetachFromDisposeScope();
            }
        }
    }

    private static IEnumerable<(string Name, SGD.State State)> States(SGD optimizer, IReadOnlyList<string> names)
    {
        optim.Optimizer.StateDictionary all = optimizer.state_dict();
        int position = 0;
        foreach (int index in all.StateIndexRef.SelectMany(static group => group))
        {
            yield return (names[position++], (SGD.State)all.State[index]);
        }
    }
}
