namespace TorchSharp;

using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

/// <summary>Layers and losses: native/nn_layers.cpp and nn_functional.cpp. Each gives a tensor's handle, 0 after an error.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_pad(Tensor input, ReadOnlySpan<long> amounts, int length, int mode, double value);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_conv2d(Tensor input, Tensor weight,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? bias, ReadOnlySpan<long> stride, int strides,
        ReadOnlySpan<long> padding, int paddings, ReadOnlySpan<long> dilation, int dilations, long groups);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_conv2d_named_padding(Tensor input, Tensor weight,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? bias, ReadOnlySpan<long> stride, int strides, int same,
        ReadOnlySpan<long> dilation, int dilations, long groups);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_conv2d_padded(Tensor input, Tensor weight,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? bias, ReadOnlySpan<long> stride, int strides,
        ReadOnlySpan<long> amounts, int length, int mode, ReadOnlySpan<long> dilation, int dilations, long groups);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_linear(Tensor input, Tensor weight, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? bias);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_batch_norm(Tensor input,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? runningMean,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? runningVar,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weight,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? bias, int training, double momentum, double eps);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_batch_norm_module(Tensor input,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? runningMean,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? runningVar,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weight,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? bias,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? batches,
        int training, int track, double momentum, double eps, int dimensions, out int wrongDimensions);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_max_pool2d(Tensor input, ReadOnlySpan<long> kernel, int kernels, ReadOnlySpan<long> stride, int strides,
        ReadOnlySpan<long> padding, int paddings, ReadOnlySpan<long> dilation, int dilations, int ceilMode);

    [LibraryImport(Library)]
    internal static partial int rt_nn_max_pool2d_with_indices(Tensor input, ReadOnlySpan<long> kernel, int kernels, ReadOnlySpan<long> stride, int strides,
        ReadOnlySpan<long> padding, int paddings, ReadOnlySpan<long> dilation, int dilations, int ceilMode, out IntPtr values, out IntPtr indices);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_avg_pool2d(Tensor input, ReadOnlySpan<long> kernel, int kernels, ReadOnlySpan<long> stride, int strides,
        ReadOnlySpan<long> padding, int paddings, int ceilMode, int countIncludePad, int hasDivisor, long divisor);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_adaptive_avg_pool2d(Tensor input, ReadOnlySpan<long> size, int length);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_dropout(Tensor input, double p, int training, int inplace, int feature);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_activation(Tensor input, int kind, int inplace);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_leaky_relu(Tensor input, double negative_slope, int inplace);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_softmax(Tensor input, long dim, int dtype, int logarithm);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_flatten(Tensor input, long start, long end);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_alias(Tensor input);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_cross_entropy(Tensor input, Tensor target,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weight, long reduction, long ignoreIndex, double labelSmoothing);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_nll_loss(Tensor input, Tensor target,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weight, long reduction);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_mse_loss(Tensor input, Tensor target, long reduction);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_binary_cross_entropy_with_logits(Tensor input, Tensor target,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weight,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? positiveWeight, long reduction);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_normalize(Tensor input, double p, long dim, double eps);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_nn_one_hot(Tensor input, long classes);
}
