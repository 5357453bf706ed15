using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor std(bool unbiased = true) => rt_std(this, unbiased ? 1 : 0);

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            if (type is not { } wanted) return rt_std_dims(this, dimensions, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0);
            using var converted = to_type(wanted);
            return rt_std_dims(converted, dimensions, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0);
        }

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std(dimensions.AsSpan(), unbiased, keepdim, type);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim], unbiased, keepdim, type);

        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std([dim.Item1, dim.Item2], unbiased, keepdim, type);

        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std([dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);

        public Tensor var(bool unbiased = true) => rt_var(this, unbiased ? 1 : 0);

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            if (type is not { } wanted) return rt_var_dims(this, dimensions, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0);
            using var converted = to_type(wanted);
            return rt_var_dims(converted, dimensions, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0);
        }

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var(dimensions.AsSpan(), unbiased, keepdim, type);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim], unbiased, keepdim, type);

        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var([dim.Item1, dim.Item2], unbiased, keepdim, type);

        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var([dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);
    }
}
