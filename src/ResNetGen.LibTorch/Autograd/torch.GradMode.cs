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

        internal GradModeRegion(bool enabled) => rt_set_grad_mode(enabled ? 1 : 0);

        public void Dispose() => rt_set_grad_mode(_before ? 1 : 0);
    }

    private sealed class InferenceModeRegion : IDisposable
    {
        private IntPtr _guard;

        internal InferenceModeRegion(bool enabled) => Check(rt_inference_enter(enabled ? 1 : 0, out _guard));

        public void Dispose()
        {
            var guard = Interlocked.Exchange(ref _guard, IntPtr.Zero);
            if (guard != IntPtr.Zero) Check(rt_inference_leave(guard));
        }
    }
}
