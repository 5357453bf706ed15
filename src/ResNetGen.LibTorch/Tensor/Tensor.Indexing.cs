using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor index(params TensorIndex[] indices)
        {
            var values = IndexValue.Of(indices);
            var result = rt_index(this, values, values.Length);
            GC.KeepAlive(indices);
            return result;
        }

        public Tensor index(params Tensor[] indices) => index(Wrapped(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var values = IndexValue.Of(indices);
            Check(rt_index_put_(this, values, values.Length, value));
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            if (!accumulate) return index_put_(value, indices);
            // Accumulation is defined for tensors of indices, one for each leading dimension; a colon skips a dimension.
            var tensors = new Tensor?[indices.Length];
            for (var i = 0; i < indices.Length; i++)
            {
                tensors[i] = indices[i].Held;
                if (tensors[i] is null && !indices[i].IsWhole)
                    throw new ArgumentException($"index_put_ with accumulate takes tensors and colons, and index {i} is neither.", nameof(indices));
            }
            return IndexPut(value, tensors, true);
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Wrapped(indices));

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
            => IndexPut(value, indices, accumulate);

        private Tensor IndexPut(Tensor value, Tensor?[] indices, bool accumulate)
        {
            using var handles = TensorHandles.OfOptional(indices);
            return Done(rt_index_put_accumulate_(this, handles.Span, handles.Length, value, accumulate ? 1 : 0));
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            var values = IndexValue.Of(indices);
            Check(rt_index_put_scalar_(this, values, values.Length, value.Required(nameof(value))));
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Wrapped(indices));

        private static TensorIndex[] Wrapped(Tensor[] indices) => Array.ConvertAll(indices, TensorIndex.Tensor);

        private static TensorIndex[] Wrapped(long[] indices) => Array.ConvertAll(indices, i => TensorIndex.Single(i));

        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, Wrapped(indices));
        }

        public Tensor this[params long[] indices]
        {
            get => index(Wrapped(indices));
            set => index_put_(value, Wrapped(indices));
        }

        public Tensor this[long i1]
        {
            get => index(Wrapped([i1]));
            set => index_put_(value, Wrapped([i1]));
        }

        public Tensor this[long i1, long i2]
        {
            get => index(Wrapped([i1, i2]));
            set => index_put_(value, Wrapped([i1, i2]));
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => index(Wrapped([i1, i2, i3]));
            set => index_put_(value, Wrapped([i1, i2, i3]));
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(Wrapped([i1, i2, i3, i4]));
            set => index_put_(value, Wrapped([i1, i2, i3, i4]));
        }

        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => index(Wrapped([i1, i2, i3, i4, i5]));
            set => index_put_(value, Wrapped([i1, i2, i3, i4, i5]));
        }

        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => index(Wrapped([i1, i2, i3, i4, i5, i6]));
            set => index_put_(value, Wrapped([i1, i2, i3, i4, i5, i6]));
        }

        public Tensor gather(long dim, Tensor index) => rt_gather(this, dim, index, 0);

        public Tensor index_select(long dim, Tensor index) => rt_index_select(this, dim, index);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha)
            => Done(rt_index_add_(this, dim, index, source, alpha.Required(nameof(alpha))));

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Done(rt_scatter_(this, dim, index, src));
    }
}
