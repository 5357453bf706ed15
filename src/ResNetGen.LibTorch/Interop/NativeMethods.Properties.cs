using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/properties.cpp.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long rt_ndim(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long rt_numel(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long rt_element_size(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rt_dtype(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rt_device_type(Tensor self, out int result);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rt_device_index(Tensor self, out int result);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rt_requires_grad(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rt_is_leaf(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rt_is_sparse(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rt_sizes(Tensor self, Span<long> result, int length);

    [LibraryImport(Library)]
    internal static partial int rt_strides(Tensor self, Span<long> result, int length);

    [LibraryImport(Library)]
    internal static partial int rt_size(Tensor self, long dim, out long result);

    [LibraryImport(Library)]
    internal static partial int rt_stride(Tensor self, long dim, out long result);

    [LibraryImport(Library)]
    internal static partial int rt_storage_offset(Tensor self, out long result);

    [LibraryImport(Library)]
    internal static partial int rt_data_ptr(Tensor self, out IntPtr result);

    [LibraryImport(Library)]
    internal static partial int rt_is_contiguous(Tensor self, out int result);

    [LibraryImport(Library)]
    internal static partial int rt_is_pinned(Tensor self, out int result);

    [LibraryImport(Library)]
    internal static partial int rt_set_requires_grad(Tensor self, int value);

    [LibraryImport(Library)]
    internal static partial Tensor rt_pin_memory(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_alias(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_clone(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_contiguous(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rt_set_(Tensor self, Tensor source);

    [LibraryImport(Library)]
    internal static partial Tensor rt_to_dtype(Tensor self, int type, int nonBlocking, int copy);

    [LibraryImport(Library)]
    internal static partial Tensor rt_to_device(Tensor self, int type, int index, int nonBlocking, int copy);

    [LibraryImport(Library)]
    internal static partial Tensor rt_to_device_dtype(Tensor self, int deviceType, int index, int type, int nonBlocking, int copy);

    [LibraryImport(Library)]
    internal static partial Tensor rt_flatten_names(Tensor self, [MarshalAs(UnmanagedType.LPUTF8Str)] string joined, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [LibraryImport(Library)]
    internal static partial Tensor rt_sparse_indices(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_sparse_values(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_rename(Tensor self, [MarshalAs(UnmanagedType.LPUTF8Str)] string joined);

    [LibraryImport(Library)]
    internal static partial int rt_names(Tensor self, Span<byte> result, int capacity, out int needed);
}
