using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>
/// Batch normalisation, addition and ReLU as one operation with its own backward pass: two passes over memory forward, two
/// backward, and of the forward pass only the input and the statistics are kept, and the output where an addition came before
/// the ReLU.
/// </summary>
/// <remarks>
/// <para>The result is what the norm, the addition and the ReLU give one by one, rounded once instead of three times in the short
/// types; float64, float32 and bfloat16 on the CPU, with parameters in float32 for bfloat16. It is differentiable once. It has
/// the same bits for any number of threads.</para>
/// <para>channels_last and contiguous maps are taken as they lie, and the result lies as the input does. A map of other strides,
/// and an addend of another layout or type than the input, are copied first.</para>
/// <para>Mode, momentum (null: cumulative average), running statistics, affine parameters and eps of the norm hold as in a call of the
/// norm; its hooks do not run. All tensors stay the caller's.</para>
/// </remarks>
public static class FusedBatchNorm
{
    [ThreadStatic] private static int s_keeping;

    /// <summary>Whether the operation is here; false with the official TorchSharp packages.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>
    /// Whether the operation takes this input: feature maps [N, C, H, W], not empty, on a device and of a type that there are kernels
    /// for.
    /// </summary>
    public static bool Takes(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!IsAvailable) return false;
        int answer = NativeMethods.rn_batch_norm_takes(input.Handle);
        GC.KeepAlive(input);
        return answer >= 0 ? answer == 1 : throw NativeMethods.Error();
    }

    /// <summary>norm(input), rectified where <paramref name="relu"/> says so.</summary>
    /// <param name="norm">The norm, in training or evaluation mode.</param>
    /// <param name="input">Feature maps [N, C, H, W] for which <see cref="Takes"/> is true.</param>
    /// <param name="relu">Whether ReLU follows.</param>
    /// <returns>A new tensor of the input's shape, type and layout.</returns>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">A tensor does not fit; the message names shapes and types.</exception>
    /// <exception cref="NotSupportedException">The operation is not here; see <see cref="IsAvailable"/>.</exception>
    public static Tensor Forward(BatchNorm2d norm, Tensor input, bool relu) => Run(norm, input, null, new ChannelPadding(1, 0, 0), relu);

    /// <summary>norm(input) + addend, rectified where <paramref name="relu"/> says so.</summary>
    /// <param name="norm">The norm, in training or evaluation mode.</param>
    /// <param name="input">Feature maps [N, C, H, W] for which <see cref="Takes"/> is true.</param>
    /// <param name="addend">What is added, of the input's shape.</param>
    /// <param name="relu">Whether ReLU follows.</param>
    /// <returns>A new tensor of the input's shape, type and layout.</returns>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">A tensor does not fit; the message names shapes and types.</exception>
    /// <exception cref="NotSupportedException">The operation is not here; see <see cref="IsAvailable"/>.</exception>
    public static Tensor Forward(BatchNorm2d norm, Tensor input, Tensor addend, bool relu) =>
        Forward(norm, input, addend, new ChannelPadding(1, 0, 0), relu);

    /// <summary>norm(input) + option A's shortcut of addend, rectified where <paramref name="relu"/> says so.</summary>
    /// <param name="norm">The norm, in training or evaluation mode.</param>
    /// <param name="input">Feature maps [N, C, H, W] for which <see cref="Takes"/> is true.</param>
    /// <param name="addend">What is subsampled, padded with zero channels and added, without a tensor in between.</param>
    /// <param name="padding">How.</param>
    /// <param name="relu">Whether ReLU follows.</param>
    /// <returns>A new tensor of the input's shape, type and layout.</returns>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">A tensor does not fit; the message names shapes and types.</exception>
    /// <exception cref="NotSupportedException">The operation is not here; see <see cref="IsAvailable"/>.</exception>
    public static Tensor Forward(BatchNorm2d norm, Tensor input, Tensor addend, ChannelPadding padding, bool relu)
    {
        ArgumentNullException.ThrowIfNull(addend);
        return Run(norm, input, addend, padding, relu);
    }

    /// <summary>
    /// convolution(relu(norm(input))) as one operation that keeps the input and the statistics for the backward pass, which
    /// computes the rectified map once more. Under autocast the convolution runs in the short type, as it would alone.
    /// </summary>
    /// <param name="norm">The norm, in training or evaluation mode.</param>
    /// <param name="input">Feature maps [N, C, H, W] for which <see cref="Takes"/> is true.</param>
    /// <param name="convolution">The convolution; its hooks do not run. One that pads with something else than a number of zeros a side
    /// is called by itself, and the rectified map is then kept.</param>
    /// <returns>A new tensor, the convolution's output.</returns>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">A tensor does not fit; the message names shapes and types.</exception>
    /// <exception cref="NotSupportedException">The operation is not here; see <see cref="IsAvailable"/>.</exception>
    public static Tensor ForwardConvolution(BatchNorm2d norm, Tensor input, Conv2d convolution)
    {
        ArgumentNullException.ThrowIfNull(convolution);
        if (!TrainingConvolution.IsPlain(convolution))
        {
            using Tensor rectified = Forward(norm, input, relu: true);
            return convolution.call(rectified);
        }

        NativeMethods.BatchNormCall call = Describe(norm, input, null, new ChannelPadding(1, 0, 0), relu: true);
        NativeMethods.ConvolutionCall after = TrainingConvolution.Describe(convolution);
        IntPtr handle = NativeMethods.rn_batch_norm_convolution(call, after);
        GC.KeepAlive(norm);
        GC.KeepAlive(input);
        GC.KeepAlive(convolution);
        return handle == IntPtr.Zero ? throw ProcessGroup.ErrorOfAnyKind() : Tensor.UnsafeCreateTensor(handle);
    }

    /// <summary>
    /// A scope on this thread, until what is returned is disposed, in which norms in training mode leave their running statistics and
    /// their count of batches alone: a block that is computed once more for its backward pass must not count twice. Scopes nest.
    /// </summary>
    public static IDisposable KeepStatistics() => new Keeping();

    private static Tensor Run(BatchNorm2d norm, Tensor input, Tensor? addend, ChannelPadding padding, bool relu)
    {
        NativeMethods.BatchNormCall call = Describe(norm, input, addend, padding, relu);
        IntPtr handle = NativeMethods.rn_batch_norm(call);
        GC.KeepAlive(norm);
        GC.KeepAlive(input);
        GC.KeepAlive(addend);
        return handle == IntPtr.Zero ? throw ProcessGroup.ErrorOfAnyKind() : Tensor.UnsafeCreateTensor(handle);
    }

    private static NativeMethods.BatchNormCall Describe(BatchNorm2d norm, Tensor input, Tensor? addend, ChannelPadding padding, bool relu)
    {
        ArgumentNullException.ThrowIfNull(norm);
        ArgumentNullException.ThrowIfNull(input);
        if (!IsAvailable)
            throw new NotSupportedException("Fused batch normalisation needs ResNetGen's native library, which was not found; call the norm itself, or build with a libtorch (TorchProvider=LibTorch).");
        return new NativeMethods.BatchNormCall
        {
            Input = input.Handle,
            Addend = addend?.Handle ?? IntPtr.Zero,
            Weight = norm.affine ? norm.weight.Handle : IntPtr.Zero,
            Bias = norm.bias?.Handle ?? IntPtr.Zero,
            RunningMean = norm.running_mean?.Handle ?? IntPtr.Zero,
            RunningVar = norm.running_var?.Handle ?? IntPtr.Zero,
            Batches = norm.num_batches_tracked?.Handle ?? IntPtr.Zero,
            Momentum = norm.momentum ?? double.NaN,
            Eps = norm.eps,
            Stride = padding.Stride,
            Before = padding.Before,
            After = padding.After,
            Training = norm.training ? 1 : 0,
            Track = norm.track_running_stats && s_keeping == 0 ? 1 : 0,
            ReLU = relu ? 1 : 0,
        };
    }

    private sealed class Keeping : IDisposable
    {
        private bool _closed;

        internal Keeping() => s_keeping++;

        public void Dispose()
        {
            if (_closed) return;
            _closed = true;
            s_keeping--;
        }
    }
}
