using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>
/// Parameters one after another in one buffer for each device and type, so that what is done to all of them walks memory from end
/// to end. Handles, shapes, strides and values stay: modules, optimizers and checkpoints need not know.
/// </summary>
public static class FlatStorage
{
    /// <summary>Whether parameters can be laid out so here; where not, every method leaves them where they are.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>
    /// Lays parameters out, in their order, each on a cache line of its own. What lies in one buffer already stays; so do tensors that
    /// share elements with another. A tensor that shares a parameter's memory without being among them, such as a detached view, keeps the
    /// old memory.
    /// </summary>
    /// <param name="parameters">Parameters of any device, type and layout.</param>
    public static void Lay(IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!NativeMethods.IsAvailable) return;
        Parameter[] all = [.. parameters];
        long buffers = NativeMethods.rn_flat_lay(ParameterHandles.Of(all), all.Length);
        GC.KeepAlive(all);
        if (buffers < 0) throw NativeMethods.Error();
    }

    /// <summary>Tensors of zeros with the shapes and strides of parameters, in shared buffers; the caller's, in no dispose scope.</summary>
    /// <param name="parameters">Parameters of any device, type and layout.</param>
    public static IReadOnlyList<Tensor> Like(IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameter[] all = [.. parameters];
        if (NativeMethods.IsAvailable) return new ParameterHandles(all.Select(static p => ("", p))).Like();
        using IDisposable guard = no_grad();
        return Array.ConvertAll(all, static p => zeros_like(p).DetachFromDisposeScope());
    }
}
