using System.Runtime.InteropServices;

namespace ResNetGen.Native;

/// <summary>Passes over all parameters of a network: native/optimizer.cpp, native/flat_storage.cpp, native/finite.cpp. 0 is success.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial long rn_flat_lay([In] IntPtr[] tensors, long count);

    [LibraryImport(Library)]
    internal static partial int rn_flat_like([In] IntPtr[] tensors, long count, [Out] IntPtr[] made);

    [LibraryImport(Library)]
    internal static partial int rn_flat_copy([In] IntPtr[] targets, [In] IntPtr[] sources, long count);

    [LibraryImport(Library)]
    internal static partial int rn_own_kernels(IntPtr like);

    [LibraryImport(Library)]
    internal static partial int rn_sgd([In] IntPtr[] parameters, [In] IntPtr[] momenta, [In, Out] byte[] begun, [In] double[] decay, long count,
        double rate, double momentum, int nesterov, IntPtr rateTensor, IntPtr scale, IntPtr found);

    [LibraryImport(Library)]
    internal static partial int rn_lamb([In] IntPtr[] parameters, [In] IntPtr[] means, [In] IntPtr[] squares, [In] double[] decay, long count,
        double rate, double beta1, double beta2, double epsilon, long step, IntPtr scale, IntPtr found);

    [LibraryImport(Library)]
    internal static partial int rn_average([In] IntPtr[] averages, [In] IntPtr[] values, long count, double decay, IntPtr found);

    [LibraryImport(Library)]
    internal static partial int rn_measure_gradients([In] IntPtr[] parameters, long count, IntPtr squares, IntPtr found);

    [LibraryImport(Library)]
    internal static partial int rn_scale_gradients([In] IntPtr[] parameters, long count, IntPtr scale);

    [LibraryImport(Library)]
    internal static partial int rn_clear_gradients([In] IntPtr[] parameters, long count);

    [LibraryImport(Library)]
    internal static partial long rn_first_gradient_not_finite([In] IntPtr[] parameters, long count);
}
