using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => rt_ndim(this);

        public long ndim => rt_ndim(this);

        public long dim() => rt_ndim(this);

        public long NumberOfElements => rt_numel(this);

        public long numel() => rt_numel(this);

        public long ElementSize => rt_element_size(this);

        public long element_size() => rt_element_size(this);

        public ScalarType dtype => (ScalarType)rt_dtype(this);

        public Device device => new(device_type, device_index);

        public DeviceType device_type
        {
            get
            {
                Check(rt_device_type(this, out int type));
                return (DeviceType)type;
            }
        }

        public int device_index
        {
            get
            {
                Check(rt_device_index(this, out int index));
                return index;
            }
        }

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_leaf => rt_is_leaf(this) != 0;

        public Tensor SparseIndices => rt_sparse_indices(this);

        public Tensor SparseValues => rt_sparse_values(this);

        public bool is_sparse => rt_is_sparse(this) != 0;

        /// <summary>A fresh array at each call.</summary>
        public long[] shape
        {
            get
            {
                var sizes = new long[rt_ndim(this)];
                Check(rt_sizes(this, sizes, sizes.Length));
                return sizes;
            }
        }

        public long[] size() => shape;

        public long size(int dim)
        {
            Check(rt_size(this, dim, out var extent));
            return extent;
        }

        public long[] stride()
        {
            var strides = new long[rt_ndim(this)];
            Check(rt_strides(this, strides, strides.Length));
            return strides;
        }

        public long stride(int dim)
        {
            Check(rt_stride(this, dim, out var stride));
            return stride;
        }

        public long storage_offset()
        {
            Check(rt_storage_offset(this, out var offset));
            return offset;
        }

        public bool is_contiguous()
        {
            Check(rt_is_contiguous(this, out var answer));
            return answer != 0;
        }

        public bool is_pinned()
        {
            Check(rt_is_pinned(this, out var answer));
            return answer != 0;
        }

        public bool requires_grad
        {
            get => rt_requires_grad(this) != 0;
            set => Check(rt_set_requires_grad(this, value ? 1 : 0));
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>The names of the dimensions, empty where they have none; an unnamed one among named ones is "*".</summary>
        public string[] names
        {
            get
            {
                Check(rt_names(this, [], 0, out var needed));
                if (needed == 0) return [];
                var bytes = new byte[needed];
                Check(rt_names(this, bytes, bytes.Length, out _));
                return System.Text.Encoding.UTF8.GetString(bytes).Split('\n');
            }
        }
    }
}
