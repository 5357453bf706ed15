using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor all() => rt_all(this);

        public Tensor all(long dim, bool keepdim = false) => rt_all_dim(this, dim, keepdim ? 1 : 0);

        public Tensor any() => rt_any(this);

        public Tensor any(long dim, bool keepdim = false) => rt_any_dim(this, dim, keepdim ? 1 : 0);

        public Tensor sum(ScalarType? type = null) => rt_sum(this, type.AsNative());

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null)
            => rt_sum_dims(this, dim, dim.Length, keepdim ? 1 : 0, type.AsNative());

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum(dim.AsSpan(), keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);

        public Tensor mean() => rt_mean(this, -1);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null)
            => rt_mean_dims(this, dimensions, dimensions.Length, keepdim ? 1 : 0, type.AsNative());

        public Tensor max() => rt_max(this);

        public Tensor max(Tensor other) => rt_maximum(this, other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            Check(rt_max_dim(this, dim, keepdim ? 1 : 0, out var values, out var indexes));
            return (values, indexes);
        }

        public Tensor min() => rt_min(this);

        public Tensor min(Tensor other) => rt_minimum(this, other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            Check(rt_min_dim(this, dim, keepdim ? 1 : 0, out var values, out var indexes));
            return (values, indexes);
        }

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => amax(dims.AsSpan(), keepdim, @out);

        public Tensor amax(params long[] dims) => amax(dims.AsSpan());

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null)
            => rt_amax(this, dims, dims.Length, keepdim ? 1 : 0, @out);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => amin(dims.AsSpan(), keepdim, @out);

        public Tensor amin(params long[] dims) => amin(dims.AsSpan());

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null)
            => rt_amin(this, dims, dims.Length, keepdim ? 1 : 0, @out);

        public Tensor argmax() => rt_argmax(this);

        public Tensor argmax(long dim, bool keepdim = false) => rt_argmax_dim(this, dim, keepdim ? 1 : 0);

        public Tensor argmin() => rt_argmin(this);

        public Tensor argmin(long dim, bool keepdim = false) => rt_argmin_dim(this, dim, keepdim ? 1 : 0);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            Check(rt_topk(this, k, dim, largest ? 1 : 0, sorted ? 1 : 0, out var values, out var indexes));
            return (values, indexes);
        }

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            Check(rt_sort(this, dim, descending ? 1 : 0, stable ? 1 : 0, out var values, out var indexes));
            return (values, indexes);
        }

        public Tensor cumsum(long dim, ScalarType? type = null) => rt_cumsum(this, dim, type.AsNative());

        public Tensor logsumexp(long dim, bool keepdim = false) => rt_logsumexp(this, dim, keepdim ? 1 : 0);

        public Tensor norm(float p = 2f) => rt_norm(this, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2f) => rt_norm_dim(this, dim, keepdim ? 1 : 0, p);

        public Tensor count_nonzero(long[]? dims = null) => rt_count_nonzero(this, dims, dims?.Length ?? 0);

        public Tensor bincount(Tensor? weights, long minlength = 0) => rt_bincount(this, weights, minlength);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => rt_histc(this, bins, min, max);

        public Tensor nonzero() => rt_nonzero(this);

        public Tensor matmul(Tensor target) => rt_matmul(this, target);

        public Tensor mm(Tensor target) => rt_mm(this, target);

        public Tensor bmm(Tensor batch2) => rt_bmm(this, batch2);

        public Tensor dot(Tensor target) => rt_dot(this, target);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) => rt_addmm(this, mat1, mat2, beta, alpha);
    }
}
