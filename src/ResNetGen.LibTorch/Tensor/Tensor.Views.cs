using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor alias() => rt_alias(this);

        public Tensor clone() => rt_clone(this);

        public Tensor contiguous() => rt_contiguous(this);

        public Tensor T => rt_numpy_T(this);

        public Tensor H => rt_matrix_H(this);

        public Tensor mT => rt_mT(this);

        public Tensor mH => rt_mH(this);

        public Tensor t() => rt_t(this);

        public Tensor view(params long[] shape) => rt_view(this, shape, shape.Length);

        public Tensor view_as(Tensor other) => rt_view_as(this, other);

        public Tensor reshape(params long[] shape) => rt_reshape(this, shape, shape.Length);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => rt_flatten(this, start_dim, end_dim);

        public Tensor flatten(IList<string> dims, string out_dim) => rt_flatten_names(this, string.Join('\n', dims), out_dim);

        public Tensor permute(params long[] permutation) => rt_permute(this, permutation, permutation.Length);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor transpose(long dim0, long dim1) => rt_transpose(this, dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => rt_transpose(this, dim0, dim1);

        public Tensor movedim(long[] source, long[] destination) => rt_movedim(this, source, source.Length, destination, destination.Length);

        public Tensor squeeze(long? dim = null) => dim is { } one ? rt_squeeze_dim(this, one) : rt_squeeze(this);

        public Tensor squeeze_(long? dim = null) => Done(dim is { } one ? rt_squeeze_dim_(this, one) : rt_squeeze_(this));

        public Tensor unsqueeze(long dim) => rt_unsqueeze(this, dim);

        public Tensor unsqueeze_(long dim) => Done(rt_unsqueeze_(this, dim));

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => rt_expand(this, sizes, sizes.Length, isImplicit ? 1 : 0);

        public Tensor expand(Size sizes, bool isImplicit = false) => expand(sizes.Shape.AsSpan(), isImplicit);

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand(sizes.AsSpan(), isImplicit);

        public Tensor expand(params long[] sizes) => expand(sizes.AsSpan(), false);

        public Tensor expand_as(Tensor other) => rt_expand_as(this, other);

        public Tensor repeat(params long[] sizes) => rt_repeat(this, sizes, sizes.Length);

        public Tensor tile(long[] reps) => rt_tile(this, reps, reps.Length);

        public Tensor flip(params long[] dims) => rt_flip(this, dims, dims.Length);

        public Tensor narrow(long dim, long start, long length) => rt_narrow(this, dim, start, length);

        public Tensor select(long dim, long index) => rt_select(this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) => rt_slice(this, dim, start, finish, step);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0)
            => rt_as_strided(this, size, size.Length, strides, strides.Length, storageOffset);

        public Tensor unfold(long dimension, long size, long step) => rt_unfold(this, dimension, size, step);

        public Tensor tril(long diagonal = 0) => rt_tril(this, diagonal);

        public Tensor triu(long diagonal = 0) => rt_triu(this, diagonal);

        public Tensor diag(long diagonal = 0) => rt_diag(this, diagonal);

        public Tensor roll(long shifts, long? dims = null)
            => dims is { } dim ? roll((ReadOnlySpan<long>)[shifts], [dim]) : roll((ReadOnlySpan<long>)[shifts]);

        public Tensor roll(long[] shifts, long[] dims) => roll((ReadOnlySpan<long>)shifts, dims);

        public Tensor roll(long[] shifts) => roll((ReadOnlySpan<long>)shifts);

        public Tensor roll((long, long) shifts, (long, long) dims) => roll((ReadOnlySpan<long>)[shifts.Item1, shifts.Item2], [dims.Item1, dims.Item2]);

        public Tensor roll((long, long, long) shifts, (long, long, long) dims)
            => roll((ReadOnlySpan<long>)[shifts.Item1, shifts.Item2, shifts.Item3], [dims.Item1, dims.Item2, dims.Item3]);

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => rt_roll(this, shifts, shifts.Length, dims, dims.Length);

        public Tensor rot90(long k = 1, (long, long)? dims = null) => rt_rot90(this, k, dims?.Item1 ?? 0, dims?.Item2 ?? 1);

        public Tensor[] chunk(long chunks, long dim = 0)
        {
            Check(rt_chunk(this, chunks, dim, out var array, out var count));
            return Take(array, count);
        }

        public Tensor[] split(long size, int dim = 0)
        {
            Check(rt_split(this, size, dim, out var array, out var count));
            return Take(array, count);
        }

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0)
        {
            Check(rt_split_sizes(this, sizes, sizes.Length, dim, out var array, out var count));
            return Take(array, count);
        }

        public Tensor[] split(long[] sizes, long dim = 0) => split(sizes.AsSpan(), dim);

        public Tensor[] split(params long[] sizes) => split(sizes.AsSpan(), 0);

        public Tensor[] unbind(long dimension = 0)
        {
            Check(rt_unbind(this, dimension, out var array, out var count));
            return Take(array, count);
        }
    }
}
