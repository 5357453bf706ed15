using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/reductions.cpp.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rt_all(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_any(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_max(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_min(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_nonzero(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_matmul(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_mm(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_bmm(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_dot(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_maximum(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_minimum(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_sum(Tensor self, int type);

    [LibraryImport(Library)]
    internal static partial Tensor rt_sum_dims(Tensor self, ReadOnlySpan<long> dims, int length, int keepdim, int type);

    [LibraryImport(Library)]
    internal static partial Tensor rt_mean(Tensor self, int type);

    [LibraryImport(Library)]
    internal static partial Tensor rt_mean_dims(Tensor self, ReadOnlySpan<long> dims, int length, int keepdim, int type);

    [LibraryImport(Library)]
    internal static partial Tensor rt_std(Tensor self, int unbiased);

    [LibraryImport(Library)]
    internal static partial Tensor rt_var(Tensor self, int unbiased);

    [LibraryImport(Library)]
    internal static partial Tensor rt_std_dims(Tensor self, ReadOnlySpan<long> dims, int length, int unbiased, int keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rt_var_dims(Tensor self, ReadOnlySpan<long> dims, int length, int unbiased, int keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rt_all_dim(Tensor self, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rt_any_dim(Tensor self, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rt_amax(Tensor self, ReadOnlySpan<long> dims, int length, int keepdim, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? result);

    [LibraryImport(Library)]
    internal static partial Tensor rt_amin(Tensor self, ReadOnlySpan<long> dims, int length, int keepdim, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? result);

    [LibraryImport(Library)]
    internal static partial Tensor rt_argmax(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_argmin(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_argmax_dim(Tensor self, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rt_argmin_dim(Tensor self, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial int rt_max_dim(Tensor self, long dim, int keepdim, out Tensor values, out Tensor indexes);

    [LibraryImport(Library)]
    internal static partial int rt_min_dim(Tensor self, long dim, int keepdim, out Tensor values, out Tensor indexes);

    [LibraryImport(Library)]
    internal static partial int rt_topk(Tensor self, long k, long dim, int largest, int sorted, out Tensor values, out Tensor indexes);

    [LibraryImport(Library)]
    internal static partial int rt_sort(Tensor self, long dim, int descending, int stable, out Tensor values, out Tensor indexes);

    [LibraryImport(Library)]
    internal static partial Tensor rt_cumsum(Tensor self, long dim, int type);

    [LibraryImport(Library)]
    internal static partial Tensor rt_logsumexp(Tensor self, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rt_norm(Tensor self, double p);

    [LibraryImport(Library)]
    internal static partial Tensor rt_norm_dim(Tensor self, long dim, int keepdim, double p);

    [LibraryImport(Library)]
    internal static partial Tensor rt_count_nonzero(Tensor self, ReadOnlySpan<long> dims, int length);

    [LibraryImport(Library)]
    internal static partial Tensor rt_bincount(Tensor self, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weights, long minlength);

    [LibraryImport(Library)]
    internal static partial Tensor rt_histc(Tensor self, long bins, long min, long max);

    [LibraryImport(Library)]
    internal static partial Tensor rt_addmm(Tensor self, Tensor mat1, Tensor mat2, double beta, double alpha);
}
