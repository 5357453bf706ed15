using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/autograd.cpp.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int rt_backward(ReadOnlySpan<IntPtr> tensors, int count, ReadOnlySpan<IntPtr> gradients, int gradientCount, int retainGraph, int createGraph, ReadOnlySpan<IntPtr> inputs, int inputCount);

    [LibraryImport(Library)]
    internal static partial int rt_backward_one(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rt_grad(ReadOnlySpan<IntPtr> outputs, int count, ReadOnlySpan<IntPtr> inputs, int inputCount, ReadOnlySpan<IntPtr> gradients, int gradientCount, int retainGraph, int createGraph, int allowUnused, out IntPtr result, out int outCount);

    [LibraryImport(Library)]
    internal static partial int rt_get_grad(Tensor self, out IntPtr result);

    [LibraryImport(Library)]
    internal static partial int rt_set_grad(Tensor self, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? grad);

    [LibraryImport(Library)]
    internal static partial int rt_retain_grad(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_detach(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rt_detach_(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rt_grad_mode();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void rt_set_grad_mode(int enabled);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rt_inference_mode();

    [LibraryImport(Library)]
    internal static partial int rt_inference_enter(int enabled, out IntPtr guard);

    [LibraryImport(Library)]
    internal static partial int rt_inference_leave(IntPtr guard);

    [LibraryImport(Library)]
    internal static partial int rt_anomaly_mode();

    [LibraryImport(Library)]
    internal static partial int rt_anomaly_check_nan();

    [LibraryImport(Library)]
    internal static partial int rt_set_anomaly_mode(int enabled, int checkNan);
}
