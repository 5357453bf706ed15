namespace TorchSharp;

using System.Reflection;
using TorchSharp.Modules;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                RequireFloating(dtype);
                device = Reachable(device.type, device.index);
                _toEpilog(device, dtype, non_blocking);
                return this;
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                var device = Reachable(deviceType, deviceIndex);
                if (device.type != _deviceType || device.index != _deviceIndex)
                    _toEpilog(device.type, device.index, non_blocking);
                return this;
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                RequireFloating(dtype);
                _toEpilog(dtype, non_blocking);
                return this;
            }

            public Module _to(Tensor other, bool non_blocking)
            {
                _to(other.dtype, non_blocking);
                return _to(other.device_type, other.device_index, non_blocking);
            }

            protected void _toEpilog(ScalarType dtype, bool non_blocking) => _toEpilog(dtype, null, non_blocking);

            protected void _toEpilog(Device device, ScalarType dtype, bool non_blocking) => _toEpilog(dtype, device, non_blocking);

            protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking)
                => _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);

            /// <summary>
            /// Converts the children, then replaces each own parameter and buffer that changes by a new object, in
            /// the registry and in the property or field that holds it.
            /// </summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (dtype is null && device is null)
                    throw new ArgumentNullException($"{nameof(dtype)} and {nameof(device)} are both null,");

                foreach (var (_, child) in named_children())
                {
                    if (device is null) child._to(dtype!.Value, non_blocking);
                    else if (dtype is null) child._to(device.type, device.index, non_blocking);
                    else child._to(device, dtype.Value, non_blocking);
                }

                foreach (var (name, parameter) in named_parameters(false).ToList())
                {
                    if (!ReplaceParameter(dtype, device, parameter, out var replacement))
                        continue;
                    SetMember(name, replacement!);
                    parameter.Dispose();
                    ConditionallyRegisterParameter(name, replacement);
                }

                foreach (var (name, (buffer, persistent)) in new List<(string, (Tensor, bool))>(_internal_buffers))
                {
                    if (!ReplaceBuffer(dtype, device, buffer, out var replacement))
                        continue;
                    SetMember(name, replacement!);
                    ConditionallyRegisterBuffer(name, replacement, persistent);
                }

                if (device is not null)
                    (_deviceType, _deviceIndex) = (device.type, device.index);
            }

            /// <summary>The buffer on its new device and in its new type; integer buffers keep their type.</summary>
            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                result = null;
                var type = TargetType(buffer, dtype);
                if (!WillCopy(buffer, type, device))
                    return false;
                using var _ = no_grad();
                result = buffer.to(type, device ?? buffer.device, disposeAfter: true).DetachFromDisposeScope();
                return true;
            }

            /// <summary>A new leaf parameter with the converted values and the converted gradient, where there is one.</summary>
            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                p = null;
                using var gradient = param.grad;
                var type = TargetType(param, dtype);
                if (!WillCopy(param, type, device) && (gradient is null || !WillCopy(gradient, type, device)))
                    return false;

                using var _ = no_grad();
                p = new Parameter(param.to(type, device ?? param.device), param.requires_grad);
                p.DetachFromDisposeScope();
                if (gradient is not null)
                {
                    using var moved = gradient.to(type, device ?? param.device);
                    p.grad = moved;
                }
                return true;
            }

            private static ScalarType TargetType(Tensor tensor, ScalarType? dtype)
                => dtype is { } type && IsFloatingOrComplex(tensor.dtype) ? type : tensor.dtype;

            private static bool WillCopy(Tensor tensor, ScalarType dtype, Device? device)
                => tensor.dtype != dtype
                || (device is not null
                    && (tensor.device_type != device.type || (device.index >= 0 && device.index != tensor.device_index)));

            // A settable property of the component's name goes first: its setter may do more than the field's.
            private void SetMember(string name, Tensor value)
            {
                var property = Array.Find(GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance),
                    p => p.Name == name && p.CanWrite && p.PropertyType.IsInstanceOfType(value));
                if (property is not null)
                    property.SetValue(this, value);
                else
                    Array.Find(ComponentFields.Of(GetType()), f => f.Key == name).Field?.SetValue(this, value);
            }

            private static Device Reachable(DeviceType type, int index)
            {
                if (type != DeviceType.CUDA)
                    return new Device(type, -1);
                if (!cuda.is_available())
                    throw new InvalidOperationException("CUDA is not available.");
                return new Device(type, index);
            }

            private static void RequireFloating(ScalarType dtype)
            {
                if (!IsFloatingOrComplex(dtype))
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}");
            }

            private static bool IsFloatingOrComplex(ScalarType type)
                => type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64
                    or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;
        }
    }
}
