using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>
/// channels_last: tensors of shape [N, C, H, W] that lie as (N, H, W, C) in memory, which the convolutions of oneDNN and
/// cuDNN are fastest on.
/// </summary>
public static class MemoryFormat
{
    /// <summary>Whether layouts can be chosen here; where not, every method leaves the layout as it is.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>
    /// The same values laid out channels_last, as a tensor of its own; the storage is shared where the layout already fits.
    /// Without the native library an alias of <paramref name="tensor"/>.
    /// </summary>
    /// <param name="tensor">A tensor of shape [N, C, H, W].</param>
    /// <exception cref="ArgumentException">The tensor has not four dimensions.</exception>
    public static Tensor ChannelsLast(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.dim() != 4)
            throw new ArgumentException($"channels_last needs a tensor of shape [N, C, H, W], got [{string.Join(", ", tensor.shape)}].", nameof(tensor));
        if (!NativeMethods.IsAvailable) return tensor.alias();

        IntPtr handle = NativeMethods.rn_channels_last(tensor.Handle);
        GC.KeepAlive(tensor);
        return handle == IntPtr.Zero ? throw NativeMethods.Error() : Tensor.UnsafeCreateTensor(handle);
    }

    /// <summary>
    /// Lays all convolution weights of a module out channels_last, in place: parameters keep their identity, so optimizers
    /// made before stay valid.
    /// </summary>
    public static void ChannelsLast(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (!NativeMethods.IsAvailable) return;
        foreach (TorchSharp.Modules.Parameter parameter in module.parameters())
        {
            if (NativeMethods.rn_set_channels_last(parameter.Handle) != 0) throw NativeMethods.Error();
        }
    }

    /// <summary>Whether a tensor lies channels_last; false where layouts cannot be asked for.</summary>
    public static bool IsChannelsLast(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!NativeMethods.IsAvailable) return false;
        int answer = NativeMethods.rn_is_channels_last(tensor.Handle);
        GC.KeepAlive(tensor);
        return answer >= 0 ? answer == 1 : throw NativeMethods.Error();
    }
}
