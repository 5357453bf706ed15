namespace TorchSharp;

using System.Runtime.InteropServices;

/// <summary>One step over a parameter group: native/optim_*.cpp.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int rt_optim_sgd(ReadOnlySpan<IntPtr> parameters, Span<IntPtr> buffers, int count, double lr, double momentum,
        double dampening, double weightDecay, int nesterov, int maximize);

    [LibraryImport(Library)]
    internal static partial int rt_optim_adam(ReadOnlySpan<IntPtr> parameters, ReadOnlySpan<IntPtr> first, ReadOnlySpan<IntPtr> second,
        ReadOnlySpan<IntPtr> largest, Span<long> steps, int count, double lr, double beta1, double beta2, double eps,
        double weightDecay, int amsgrad, int maximize, int decoupled);
}
