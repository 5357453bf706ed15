using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>
/// Parameters, or other tensors of a network, one after another in one buffer for each device and type, so that what is done to all of them walks memory from end
/// to end. Handles, shapes, strides and values stay: modules, optimizers and checkpoints need not know.
/// </summary>
public static class FlatStorage
{
    /// <summary>Whether parameters can be laid out so here; where not, every method leaves them where they are.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>
    /// Lays tensors out, in their order, each on a cache line of its own. What lies in one buffer already stays; so do tensors that
    /// share elements with another. A tensor that shares one's memory without being among them, such as a detached view, keeps the
    /// old memory.
    /// </summary>
    /// <param name="tensors">Parameters or buffers of any device, type and layout.</param>
    public static void Lay(IEnumerable<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (!NativeMethods.IsAvailable) return;
        Tensor[] all = [.. tensors];
        long buffers = NativeMethods.rn_flat_lay(ParameterHandles.Of(all), all.Length);
        GC.KeepAlive(all);
        if (buffers < 0) throw NativeMethods.Error();
    }

    /// <summary>Tensors of zeros with the shapes and strides of others, in shared buffers; the caller's, in no dispose scope.</summary>
    /// <param name="tensors">Parameters or buffers of any device, type and layout.</param>
    public static IReadOnlyList<Tensor> Like(IEnumerable<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensor[] all = [.. tensors];
        if (!NativeMethods.IsAvailable)
        {
            using IDisposable guard = no_grad();
            return Array.ConvertAll(all, static tensor => zeros_like(tensor).DetachFromDisposeScope());
        }

        IntPtr[] made = new IntPtr[all.Length];
        int status = NativeMethods.rn_flat_like(ParameterHandles.Of(all), all.Length, made);
        GC.KeepAlive(all);
        if (status != 0) throw NativeMethods.Error();
        return Array.ConvertAll(made, static handle => Tensor.UnsafeCreateTensor(handle).DetachFromDisposeScope());
    }

    /// <summary>Copies tensors into others of the same shapes. What lies together in both lists, as after <see cref="Lay"/> and <see cref="Like"/>, goes in one copy.</summary>
    /// <param name="targets">What is written.</param>
    /// <param name="sources">What is read, in the same order.</param>
    public static void Copy(IReadOnlyList<Tensor> targets, IReadOnlyList<Tensor> sources)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sources.Count, targets.Count);
        if (!NativeMethods.IsAvailable)
        {
            using IDisposable guard = no_grad();
            for (int i = 0; i < targets.Count; i++) targets[i].copy_(sources[i]);
            return;
        }

        int status = NativeMethods.rn_flat_copy(ParameterHandles.Of([.. targets]), ParameterHandles.Of([.. sources]), targets.Count);
        GC.KeepAlive(targets);
        GC.KeepAlive(sources);
        if (status != 0) throw NativeMethods.Error();
    }
}
