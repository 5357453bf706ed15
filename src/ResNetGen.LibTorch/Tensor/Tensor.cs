using System.Runtime.CompilerServices;
using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

public static partial class torch
{
    [NativeMarshalling(typeof(TensorMarshaller))]
    public partial class Tensor : IDisposable
    {
        private static long s_totalCount;
        private static long s_peakCount;

        private IntPtr _handle;

        internal Tensor(IntPtr handle)
        {
            _handle = handle;
            var count = Interlocked.Increment(ref s_totalCount);
            // A race may lose a peak by a few; a lock here would cost every call.
            if (count > Volatile.Read(ref s_peakCount)) Volatile.Write(ref s_peakCount, count);
            DisposeScopeManager.Register(this);
        }

        /// <summary>Takes over what a native call returned; a null handle is an error whose message native code kept.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static Tensor Wrap(IntPtr handle)
        {
            if (handle == IntPtr.Zero) NativeMethods.Throw();
            return new Tensor(handle);
        }

        /// <summary>The handle, or the exception that a disposed tensor deserves.</summary>
        internal IntPtr Checked
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                var handle = _handle;
                if (handle == IntPtr.Zero) ThrowInvalid();
                return handle;
            }
        }

        private static void ThrowInvalid() => throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public string? name { get; set; }

        public IntPtr Handle => Checked;

        public bool IsInvalid => _handle == IntPtr.Zero;

        public static long TotalCount => Interlocked.Read(ref s_totalCount);

        public static long PeakCount => Interlocked.Read(ref s_peakCount);

        ~Tensor() => Dispose(false);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, IntPtr.Zero);
            if (handle == IntPtr.Zero) return;
            if (disposing) DisposeScopeManager.Disposed(this);
            Interlocked.Decrement(ref s_totalCount);
            NativeMethods.rt_tensor_free(handle);
        }

        /// <summary>Gives the native tensor away: this object is invalid afterwards and the caller owns the handle.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            GC.SuppressFinalize(this);
            var handle = Interlocked.Exchange(ref _handle, IntPtr.Zero);
            if (handle == IntPtr.Zero) ThrowInvalid();
            OwningDisposeScope?.Detach(this);
            Interlocked.Decrement(ref s_totalCount);
            return handle;
        }

        /// <summary>A tensor around a handle that the caller owned until now.</summary>
        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Where the owning scope keeps this tensor, so that leaving it costs the same however many it holds.</summary>
        internal int ScopeSlot { get; set; }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null && other is not null)
                other.Attach(this);
            else
                OwningDisposeScope?.MoveToOther(other, this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }
    }
}
