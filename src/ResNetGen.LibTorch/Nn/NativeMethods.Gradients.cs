namespace TorchSharp;

using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

/// <summary>Many parameters at once: native/nn_gradients.cpp; and initialisation: native/nn_init.cpp. 0 is success.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int rt_grad_none(ReadOnlySpan<IntPtr> parameters, int count);

    [LibraryImport(Library)]
    internal static partial int rt_grad_zero(ReadOnlySpan<IntPtr> parameters, int count);

    [LibraryImport(Library)]
    internal static partial int rt_grad_clip_norm(ReadOnlySpan<IntPtr> parameters, int count, double maxNorm, double normType, out double total);

    [LibraryImport(Library)]
    internal static partial int rt_grad_clip_value(ReadOnlySpan<IntPtr> parameters, int count, double limit);

    [LibraryImport(Library)]
    internal static partial IntPtr rt_parameters_to_vector(ReadOnlySpan<IntPtr> parameters, int count);

    [LibraryImport(Library)]
    internal static partial int rt_vector_to_parameters(Tensor vector, ReadOnlySpan<IntPtr> parameters, int count);

    [LibraryImport(Library)]
    internal static partial int rt_init_constant(Tensor self, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int rt_init_uniform(Tensor self, double low, double high, IntPtr generator);

    [LibraryImport(Library)]
    internal static partial int rt_init_normal(Tensor self, double mean, double std, IntPtr generator);

    [LibraryImport(Library)]
    internal static partial int rt_init_trunc_normal(Tensor self, double mean, double std, double a, double b, IntPtr generator);

    [LibraryImport(Library)]
    internal static partial int rt_init_eye(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rt_init_dirac(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rt_init_orthogonal(Tensor self, double gain);

    [LibraryImport(Library)]
    internal static partial int rt_init_sparse(Tensor self, double sparsity, double std);
}
