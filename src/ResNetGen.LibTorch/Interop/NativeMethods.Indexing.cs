using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/indexing.cpp.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rt_gather(Tensor self, long dim, Tensor index, int sparseGrad);

    [LibraryImport(Library)]
    internal static partial int rt_scatter_(Tensor self, long dim, Tensor index, Tensor src);

    [LibraryImport(Library)]
    internal static partial Tensor rt_index_select(Tensor self, long dim, Tensor index);

    [LibraryImport(Library)]
    internal static partial int rt_index_add_(Tensor self, long dim, Tensor index, Tensor source, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial Tensor rt_index(Tensor self, ReadOnlySpan<IndexValue> values, int length);

    [LibraryImport(Library)]
    internal static partial int rt_index_put_(Tensor self, ReadOnlySpan<IndexValue> values, int length, Tensor value);

    [LibraryImport(Library)]
    internal static partial int rt_index_put_scalar_(Tensor self, ReadOnlySpan<IndexValue> values, int length, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int rt_index_put_accumulate_(Tensor self, ReadOnlySpan<IntPtr> tensors, int length, Tensor value, int accumulate);
}
