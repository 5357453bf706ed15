using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/views.cpp.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rt_t(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_mT(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_mH(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_numpy_T(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_expand_as(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_view_as(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_matrix_H(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_view(Tensor self, ReadOnlySpan<long> sizes, int length);

    [LibraryImport(Library)]
    internal static partial Tensor rt_reshape(Tensor self, ReadOnlySpan<long> sizes, int length);

    [LibraryImport(Library)]
    internal static partial Tensor rt_permute(Tensor self, ReadOnlySpan<long> sizes, int length);

    [LibraryImport(Library)]
    internal static partial Tensor rt_flip(Tensor self, ReadOnlySpan<long> sizes, int length);

    [LibraryImport(Library)]
    internal static partial Tensor rt_repeat(Tensor self, ReadOnlySpan<long> sizes, int length);

    [LibraryImport(Library)]
    internal static partial Tensor rt_tile(Tensor self, ReadOnlySpan<long> sizes, int length);

    [LibraryImport(Library)]
    internal static partial Tensor rt_expand(Tensor self, ReadOnlySpan<long> sizes, int length, int isImplicit);

    [LibraryImport(Library)]
    internal static partial Tensor rt_as_strided(Tensor self, ReadOnlySpan<long> sizes, int length, ReadOnlySpan<long> strides, int strideCount, long offset);

    [LibraryImport(Library)]
    internal static partial Tensor rt_flatten(Tensor self, long start, long end);

    [LibraryImport(Library)]
    internal static partial Tensor rt_transpose(Tensor self, long dim0, long dim1);

    [LibraryImport(Library)]
    internal static partial Tensor rt_movedim(Tensor self, ReadOnlySpan<long> source, int length, ReadOnlySpan<long> destination, int count);

    [LibraryImport(Library)]
    internal static partial Tensor rt_squeeze(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_squeeze_dim(Tensor self, long dim);

    [LibraryImport(Library)]
    internal static partial int rt_squeeze_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rt_squeeze_dim_(Tensor self, long dim);

    [LibraryImport(Library)]
    internal static partial Tensor rt_unsqueeze(Tensor self, long dim);

    [LibraryImport(Library)]
    internal static partial int rt_unsqueeze_(Tensor self, long dim);

    [LibraryImport(Library)]
    internal static partial Tensor rt_narrow(Tensor self, long dim, long start, long length);

    [LibraryImport(Library)]
    internal static partial Tensor rt_select(Tensor self, long dim, long index);

    [LibraryImport(Library)]
    internal static partial Tensor rt_slice(Tensor self, long dim, long start, long finish, long step);

    [LibraryImport(Library)]
    internal static partial Tensor rt_unfold(Tensor self, long dim, long size, long step);

    [LibraryImport(Library)]
    internal static partial Tensor rt_roll(Tensor self, ReadOnlySpan<long> shifts, int length, ReadOnlySpan<long> dims, int count);

    [LibraryImport(Library)]
    internal static partial Tensor rt_rot90(Tensor self, long k, long dim0, long dim1);

    [LibraryImport(Library)]
    internal static partial Tensor rt_tril(Tensor self, long diagonal);

    [LibraryImport(Library)]
    internal static partial Tensor rt_triu(Tensor self, long diagonal);

    [LibraryImport(Library)]
    internal static partial Tensor rt_diag(Tensor self, long diagonal);

    [LibraryImport(Library)]
    internal static partial Tensor rt_cat(ReadOnlySpan<IntPtr> tensors, int length, long dim);

    [LibraryImport(Library)]
    internal static partial Tensor rt_stack(ReadOnlySpan<IntPtr> tensors, int length, long dim);

    [LibraryImport(Library)]
    internal static partial int rt_chunk(Tensor self, long chunks, long dim, out IntPtr result, out int count);

    [LibraryImport(Library)]
    internal static partial int rt_split(Tensor self, long size, long dim, out IntPtr result, out int count);

    [LibraryImport(Library)]
    internal static partial int rt_split_sizes(Tensor self, ReadOnlySpan<long> sizes, int length, long dim, out IntPtr result, out int count);

    [LibraryImport(Library)]
    internal static partial int rt_unbind(Tensor self, long dim, out IntPtr result, out int count);

    [LibraryImport(Library)]
    internal static partial int rt_where_indices(Tensor condition, out IntPtr result, out int count);
}
