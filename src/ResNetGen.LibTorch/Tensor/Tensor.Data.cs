using System.Numerics;
using TorchSharp.Utils;
using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The memory of a contiguous tensor on the CPU.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (device_type != DeviceType.CPU) throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                if (!is_contiguous()) throw new InvalidOperationException("The bytes of a tensor that is not contiguous are not its elements in order: take contiguous() first.");
                var length = checked((int)(numel() * ElementSize));
                Check(rt_data_ptr(this, out var pointer));
                return new Span<byte>((void*)pointer, length);
            }
            set
            {
                var target = bytes;
                if (value.Length != target.Length) throw new ArgumentException($"The tensor has {target.Length} bytes, got {value.Length}.");
                value.CopyTo(target);
            }
        }

        /// <summary>The elements, one by one or at once; a copy where the tensor is on another device.</summary>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            Require<T>();
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? alias() : cpu());
        }

        /// <summary>The one element of a tensor.</summary>
        public unsafe T item<T>()
            where T : unmanaged
        {
            var count = numel();
            if (count != 1) throw new ArgumentException($"only one element tensors can be converted to scalars, got {count} elements");
            Require<T>();
            if (device_type != DeviceType.CPU)
            {
                using var copy = cpu();
                return copy.item<T>();
            }
            Check(rt_data_ptr(this, out var pointer));
            var value = *(T*)pointer;
            GC.KeepAlive(this);
            return value;
        }

        public Scalar ToScalar() => dtype switch
        {
            ScalarType.Bool => item<bool>(),
            ScalarType.Float32 => item<float>(),
            ScalarType.Float64 => item<double>(),
            ScalarType.Float16 => item<Half>(),
            ScalarType.BFloat16 => item<BFloat16>(),
            ScalarType.ComplexFloat32 => item<(float, float)>(),
            ScalarType.ComplexFloat64 => item<Complex>(),
            _ => Widened<long>(ScalarType.Int64),
        };

        private T Widened<T>(ScalarType type)
            where T : unmanaged
        {
            using var wide = to_type(type);
            return wide.item<T>();
        }

        private void Require<T>()
            where T : unmanaged
        {
            var own = dtype;
            if (ElementTypes.TryOf(typeof(T)) != own) throw new ArgumentException($"{typeof(T).Name} is not compatible with {own}");
        }

        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            using var source = device_type == DeviceType.CPU ? contiguous() : cpu().contiguous();
            source.ForEachBlock(block => stream.Write(block));
        }

        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            if (device_type != DeviceType.CPU || !is_contiguous()) throw new InvalidOperationException("Bytes can be read into contiguous tensors on the CPU only.");
            ForEachBlock(block => stream.ReadExactly(block));
        }

        private delegate void BlockAction(Span<byte> block);

        // A tensor may have more bytes than a span can.
        private unsafe void ForEachBlock(BlockAction action)
        {
            Check(rt_data_ptr(this, out var pointer));
            var length = numel() * ElementSize;
            const int Most = 1 << 30;
            for (long at = 0; at < length; at += Most) action(new Span<byte>((byte*)pointer + at, (int)Math.Min(Most, length - at)));
            GC.KeepAlive(this);
        }

        /// <summary>The elements as numbers in nested lists, one level a dimension.</summary>
        public object tolist()
        {
            if (ndim == 0) return ToScalar();
            var result = new System.Collections.ArrayList();
            foreach (var part in unbind())
            {
                using (part) result.Add(part.tolist());
            }
            return result;
        }
    }
}
