using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/factories.cpp.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rt_zeros(ReadOnlySpan<long> sizes, int length, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_ones(ReadOnlySpan<long> sizes, int length, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_empty(ReadOnlySpan<long> sizes, int length, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_rand(ReadOnlySpan<long> sizes, int length, IntPtr generator, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_randn(ReadOnlySpan<long> sizes, int length, IntPtr generator, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_full(ReadOnlySpan<long> sizes, int length, ScalarValue value, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_randint(long low, long high, ReadOnlySpan<long> sizes, int length, IntPtr generator, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_randperm(long n, IntPtr generator, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial int rt_randperm_out(long n, IntPtr generator, Tensor result);

    [LibraryImport(Library)]
    internal static partial Tensor rt_arange(ScalarValue start, ScalarValue stop, ScalarValue step, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_linspace(double start, double end, long steps, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_eye(long rows, long columns, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_zeros_like(Tensor self, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_ones_like(Tensor self, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_empty_like(Tensor self, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_rand_like(Tensor self, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_randn_like(Tensor self, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_full_like(Tensor self, ScalarValue value, int type, int deviceType, int deviceIndex, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Tensor rt_from_memory(IntPtr data, long bytes, ReadOnlySpan<long> sizes, int length, int memoryType, int type, int deviceType, int deviceIndex, int requiresGrad);
}
