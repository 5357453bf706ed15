using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>
/// Convolutions in training under autocast on the processor. Where torch's own keep a bfloat16 copy of their weights from the forward pass
/// to the backward pass and sum the weights' gradient into bfloat16, these read the weights as they are, keep only the map, and give
/// the gradient in the weights' float32.
/// </summary>
/// <remarks>
/// <para>But for Winograd's filtering, below, the output and the map's gradient are what torch's convolution gives of the same operands rounded to bfloat16: they come from
/// oneDNN as torch's do. Where libtorch lies without oneDNN's headers they come through torch. The weights' gradient has kernels of
/// its own on processors with AVX-512 BF16 and without AMX, and the same bits for any number of threads up to 8 there. Gradients of gradients are torch's.</para>
/// <para>There convolutions 3 x 3 of stride 1 whose channels are multiples of 16 take Winograd's filtering, forward and in both gradients, where it is the faster way:
/// 16 products for 2 x 2 outputs instead of 36. Both transformed factors are rounded to bfloat16: results are off by 0.4 % of their size where the factors are noise, and a
/// number that is none reaches all outputs of the 2 x 2 that read it. RESNETGEN_WINOGRAD=0 in the environment turns that off.</para>
/// <para>The result, and the gradients, of channels_last maps are channels_last. All tensors stay the caller's.</para>
/// </remarks>
public static class TrainingConvolution
{
    /// <summary>Whether the operation is here; false with the official TorchSharp packages.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>
    /// Whether the operation does the convolution's work on this input: feature maps [N, C, H, W] in float32 or bfloat16 on the CPU, in a region
    /// of autocast to bfloat16, a gradient wanted of something or a block around that <see cref="BlockRecomputation"/> runs twice, parameters in float32, and padding, if any, by a number of zeros a side.
    /// </summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="input">What it takes.</param>
    public static bool Takes(Conv2d convolution, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(convolution);
        ArgumentNullException.ThrowIfNull(input);
        if (!IsAvailable || !IsPlain(convolution)) return false;
        int answer = NativeMethods.rn_convolution_takes(input.Handle, Describe(convolution));
        GC.KeepAlive(convolution);
        GC.KeepAlive(input);
        return answer >= 0 ? answer == 1 : throw NativeMethods.Error();
    }

    /// <summary>convolution(input); hooks of the convolution do not run.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="input">Feature maps [N, C, H, W] for which <see cref="Takes"/> is true.</param>
    /// <returns>A new tensor [N, O, H', W'] in bfloat16.</returns>
    /// <exception cref="System.Runtime.InteropServices.ExternalException"><see cref="Takes"/> is false for the input, or memory ran out.</exception>
    /// <exception cref="NotSupportedException">The operation is not here; see <see cref="IsAvailable"/>.</exception>
    public static Tensor Forward(Conv2d convolution, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(convolution);
        ArgumentNullException.ThrowIfNull(input);
        if (!IsAvailable || !IsPlain(convolution))
            throw new NotSupportedException("This convolution is torch's: ask Takes(convolution, input) first, and call the convolution itself where it says no.");
        IntPtr handle = NativeMethods.rn_convolution(input.Handle, Describe(convolution));
        GC.KeepAlive(convolution);
        GC.KeepAlive(input);
        return handle == IntPtr.Zero ? throw NativeMethods.Error() : Tensor.UnsafeCreateTensor(handle);
    }

    // Not one that pads with something else than a number of zeros a side.
    internal static bool IsPlain(Conv2d convolution) => convolution.padding is { Length: 2 } && convolution.padding_mode == PaddingModes.Zeros;

    internal static NativeMethods.ConvolutionCall Describe(Conv2d convolution)
    {
        long[] stride = convolution.stride, padding = convolution.padding!, dilation = convolution.dilation;
        return new NativeMethods.ConvolutionCall
        {
            Weight = convolution.weight.Handle,
            Bias = convolution.bias?.Handle ?? IntPtr.Zero,
            Stride0 = stride[0], Stride1 = stride[1],
            Padding0 = padding[0], Padding1 = padding[1],
            Dilation0 = dilation[0], Dilation1 = dilation[1],
            Groups = convolution.groups,
        };
    }
}
