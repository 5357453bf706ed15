using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>Whether values are finite: neither infinite nor not a number.</summary>
public static class Finite
{
    /// <summary>
    /// The first of some tensors that holds a value that is not finite. On the CPU their memory is read once and nothing is written.
    /// On CUDA one fused check looks at all dense tensors of one device and type (float32 or float16) and is waited for once; the
    /// others, and those of a check that found something, are tested one by one, and waited for. So is each tensor without the
    /// native library.
    /// </summary>
    /// <param name="tensors">Tensors of any floating type; others are finite.</param>
    /// <returns>Its index, or -1 where all are finite.</returns>
    public static int FirstNotFinite(IReadOnlyList<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (!NativeMethods.IsAvailable) return Portable(tensors);
        IntPtr[] handles = new IntPtr[tensors.Count];
        for (int i = 0; i < handles.Length; i++) handles[i] = tensors[i].Handle;
        long first = NativeMethods.rn_first_not_finite(handles, handles.Length);
        GC.KeepAlive(tensors);
        return first >= -1 ? (int)first : throw NativeMethods.Error();
    }

    /// <summary>
    /// Sets a number to 1 where a value is not finite, and leaves it otherwise: for who reads it on the device, so that nothing is
    /// waited for on CUDA.
    /// </summary>
    /// <param name="tensors">Tensors of any floating type, on the number's device; others are finite.</param>
    /// <param name="found">The number, float32 [1].</param>
    public static void Mark(IReadOnlyList<Tensor> tensors, Tensor found)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(found);
        if (!NativeMethods.IsAvailable)
        {
            MarkPortably(tensors, found);
            return;
        }
        IntPtr[] handles = new IntPtr[tensors.Count];
        for (int i = 0; i < handles.Length; i++) handles[i] = tensors[i].Handle;
        int result = NativeMethods.rn_mark_not_finite(handles, handles.Length, found.Handle);
        GC.KeepAlive(tensors);
        if (result != 0) throw NativeMethods.Error();
    }

    /// <summary>The same through TorchSharp's own calls alone.</summary>
    internal static void MarkPortably(IReadOnlyList<Tensor> tensors, Tensor found)
    {
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (Tensor tensor in tensors)
        {
            if (tensor.dtype is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64)) continue;
            found.copy_(found.max(1 - tensor.isfinite().all().to(ScalarType.Float32)));
        }
    }

    /// <summary>The same through TorchSharp's own calls alone.</summary>
    internal static int Portable(IReadOnlyList<Tensor> tensors)
    {
        using IDisposable guard = no_grad();
        for (int i = 0; i < tensors.Count; i++)
        {
            if (tensors[i].dtype is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64)) continue;
            using DisposeScope scope = NewDisposeScope();
            if (!tensors[i].isfinite().all().item<bool>()) return i;
        }
        return -1;
    }
}
