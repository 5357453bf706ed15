using System.Runtime.CompilerServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Passes tensors by their handles: refuses disposed ones by name, holds them alive during the call (else the
/// finalizer could free a handle that native code is reading), and wraps what comes back.
/// </summary>
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedOut, typeof(Out))]
internal static class TensorMarshaller
{
    internal ref struct In
    {
        private Tensor _tensor;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void FromManaged(Tensor tensor) => _tensor = tensor;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly IntPtr ToUnmanaged()
        {
            if (_tensor is null) ThrowNull();
            return _tensor!.Checked;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Free() => GC.KeepAlive(_tensor);

        private static void ThrowNull() => throw new ArgumentNullException("tensor", "A tensor was expected, got null.");
    }

    internal static class Out
    {
        public static Tensor ConvertToManaged(IntPtr handle) => Tensor.Wrap(handle);
    }
}

/// <summary>As <see cref="TensorMarshaller"/>, for arguments that may be null and results that may be absent.</summary>
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static class OptionalTensorMarshaller
{
    internal ref struct In
    {
        private Tensor? _tensor;

        public void FromManaged(Tensor? tensor) => _tensor = tensor;

        public readonly IntPtr ToUnmanaged() => _tensor is null ? IntPtr.Zero : _tensor.Checked;

        public readonly void Free() => GC.KeepAlive(_tensor);
    }
}
