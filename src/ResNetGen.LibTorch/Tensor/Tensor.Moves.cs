using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor @bool() => to_type(ScalarType.Bool);

        public Tensor @byte() => to_type(ScalarType.Byte);

        public Tensor @double() => to_type(ScalarType.Float64);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor @short() => to_type(ScalarType.Int16);

        public Tensor half() => to_type(ScalarType.Float16);

        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
            => After(rt_to_dtype(this, (int)type, non_blocking ? 1 : 0, copy ? 1 : 0), disposeAfter);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
            => to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            InitializeDeviceType(deviceType);
            return After(rt_to_device(this, (int)deviceType, deviceIndex, non_blocking ? 1 : 0, copy ? 1 : 0), disposeAfter);
        }

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            InitializeDevice(device);
            return After(rt_to_device_dtype(this, (int)device.type, device.index, (int)type, non_blocking ? 1 : 0, copy ? 1 : 0), disposeAfter);
        }

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
            => to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
            => to(device.type, device.index, copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false)
            => rt_to_device_dtype(this, (int)other.device_type, other.device_index, (int)other.dtype, non_blocking ? 1 : 0, 0);

        public Tensor cpu() => to(DeviceType.CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false)
            => device is null or { type: DeviceType.CUDA }
                ? to(DeviceType.CUDA, device?.index ?? -1, non_blocking: non_blocking)
                : throw new ArgumentException($"cuda() takes a CUDA device, got {device}; to(device) moves anywhere.", nameof(device));

        public Tensor mps(bool non_blocking = false) => to(DeviceType.MPS, non_blocking: non_blocking);

        public Tensor pin_memory() => rt_pin_memory(this);

        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        public Tensor type(ScalarType dtype) => to_type(dtype);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        private Tensor After(Tensor result, bool disposeThis)
        {
            if (disposeThis) Dispose();
            return result;
        }
    }
}
