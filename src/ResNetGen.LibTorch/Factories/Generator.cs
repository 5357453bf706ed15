using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with a state of its own; <see cref="Default"/> shares libtorch's.</summary>
    public class Generator : IDisposable
    {
        private static Generator? s_default;

        private IntPtr _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = InitializeDevice(device ?? CPU);
            Check(rt_generator_new(seed, (int)this.device.type, this.device.index, out _handle));
        }

        private Generator(IntPtr handle)
        {
            device = CPU;
            _handle = handle;
        }

        public static Generator Default
        {
            get
            {
                if (s_default is null)
                {
                    Check(rt_generator_default(out var handle));
                    s_default = new Generator(handle);
                }
                return s_default;
            }
        }

        public IntPtr Handle => _handle != IntPtr.Zero ? _handle : throw new InvalidOperationException("Generator invalid -- empty handle.");

        public Device device { get; }

        /// <summary>The handle of an optional generator: zero stands for libtorch's default.</summary>
        internal static IntPtr HandleOf(Generator? generator) => generator is null ? IntPtr.Zero : generator.Handle;

        public Generator manual_seed(long seed)
        {
            Check(rt_generator_manual_seed(Handle, (ulong)seed));
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>Seeds from the machine's entropy and tells with what.</summary>
        public long seed()
        {
            Check(rt_generator_seed(Handle, out var value));
            GC.KeepAlive(this);
            return (long)value;
        }

        public long initial_seed()
        {
            Check(rt_generator_initial_seed(Handle, out var value));
            GC.KeepAlive(this);
            return (long)value;
        }

        public Tensor get_state()
        {
            var state = rt_generator_get_state(Handle);
            GC.KeepAlive(this);
            return state;
        }

        public void set_state(Tensor value)
        {
            Check(rt_generator_set_state(Handle, value));
            GC.KeepAlive(this);
        }

        ~Generator() => Dispose(false);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, IntPtr.Zero);
            if (handle != IntPtr.Zero) rt_generator_free(handle);
        }
    }
}
