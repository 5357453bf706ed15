using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static bool is_grad_enabled() => rt_grad_mode() != 0;

    public static bool is_inference_mode_enabled() => rt_inference_mode() != 0;

    public static IDisposable no_grad() => new GradModeRegion(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradModeRegion(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradModeRegion(mode);

    public static IDisposable inference_mode(bool mode = true) => new InferenceModeRegion(mode);

    /// <summary>Restores what was before; on the thread that opened it, as all modes are per thread.</summary>
    private sealed class GradModeRegion : IDisposable
    {
        private readonly bool _before = is_grad_enabled();
        private bool _disposed;

        internal GradModeRegion(bool enabled) => rt_set_grad_mode(enabled ? 1 : 0);

        public void Dispose()
        {
            if (_disposed) return;
            _disposed = true;
            rt_set_grad_mode(_before ? 1 : 0);
        }
    }

    private sealed class InferenceModeRegion : IDisposable
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private IntPtr _guard;

        internal InferenceModeRegion(bool enabled) => Check(rt_inference_enter(enabled ? 1 : 0, out _guard));

        public void Dispose()
        {
            if (_guard == IntPtr.Zero) return;
            // The guard puts back what its own thread had; elsewhere it would corrupt that thread's modes.
            if (_thread != Environment.CurrentManagedThreadId)
                throw new InvalidOperationException("inference_mode() ends on the thread where it began: do not await inside of it.");
            var guard = _guard;
            _guard = IntPtr.Zero;
            Check(rt_inference_leave(guard));
        }
    }
}
