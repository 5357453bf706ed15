using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>
/// Max pooling in training on the processor. Where torch's own keeps the map and a 64-bit index for each output from the forward pass to the
/// backward pass, this keeps one byte for each output, the place of the maximum in its window, and not the map.
/// </summary>
/// <remarks>
/// <para>The output is torch's to the bit: the first of equal values, the last of those that are not numbers. The map's gradient is summed in
/// float32, in torch's order, and rounded once: in float32 it is torch's to the bit. Both are the same for any number of threads. Gradients of gradients are torch's.</para>
/// <para>The output, and the gradient, lie as the map does, channels_last or contiguous. All tensors stay the caller's.</para>
/// </remarks>
public static class TrainingMaxPool
{
    /// <summary>Whether the operation is here; false with the official TorchSharp packages.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>
    /// Whether the operation does the pooling's work on this input: feature maps [N, C, H, W] in float32 or bfloat16 on the CPU, contiguous or channels_last,
    /// whose gradient is wanted, and windows of at most 255 taps that torch would take.
    /// </summary>
    /// <param name="pool">The pooling.</param>
    /// <param name="input">What it takes.</param>
    public static bool Takes(MaxPool2d pool, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(input);
        if (!IsAvailable) return false;
        int answer = NativeMethods.rn_max_pool_takes(input.Handle, Describe(pool));
        GC.KeepAlive(input);
        return answer >= 0 ? answer == 1 : throw NativeMethods.Error();
    }

    /// <summary>pool(input); hooks of the pooling do not run.</summary>
    /// <param name="pool">The pooling.</param>
    /// <param name="input">Feature maps [N, C, H, W] for which <see cref="Takes"/> is true.</param>
    /// <returns>A new tensor [N, C, H', W'] of the input's type.</returns>
    /// <exception cref="System.Runtime.InteropServices.ExternalException"><see cref="Takes"/> is false for the input, or memory ran out.</exception>
    /// <exception cref="NotSupportedException">The operation is not here; see <see cref="IsAvailable"/>.</exception>
    public static Tensor Forward(MaxPool2d pool, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(input);
        if (!IsAvailable)
            throw new NotSupportedException("This max pooling is torch's: ask Takes(pool, input) first, and call the pooling itself where it says no.");
        IntPtr handle = NativeMethods.rn_max_pool(input.Handle, Describe(pool));
        GC.KeepAlive(input);
        return handle == IntPtr.Zero ? throw NativeMethods.Error() : Tensor.UnsafeCreateTensor(handle);
    }

    // A single number is for both sides.
    private static NativeMethods.MaxPoolCall Describe(MaxPool2d pool) => new()
    {
        Kernel0 = pool.kernel_size[0], Kernel1 = pool.kernel_size[^1],
        Stride0 = pool.stride[0], Stride1 = pool.stride[^1],
        Padding0 = pool.padding[0], Padding1 = pool.padding[^1],
        Dilation0 = pool.dilation[0], Dilation1 = pool.dilation[^1],
        Ceil = pool.ceil_mode ? 1 : 0,
    };
}
