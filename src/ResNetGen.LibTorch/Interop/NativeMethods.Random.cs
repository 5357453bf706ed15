using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/random.cpp.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int rt_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial int rt_cuda_manual_seed(long seed, int all);

    [LibraryImport(Library)]
    internal static partial int rt_generator_default(out IntPtr result);

    [LibraryImport(Library)]
    internal static partial int rt_generator_new(ulong seed, int deviceType, int deviceIndex, out IntPtr result);

    [LibraryImport(Library)]
    internal static partial void rt_generator_free(IntPtr self);

    [LibraryImport(Library)]
    internal static partial int rt_generator_seed(IntPtr self, out ulong result);

    [LibraryImport(Library)]
    internal static partial int rt_generator_initial_seed(IntPtr self, out ulong result);

    [LibraryImport(Library)]
    internal static partial int rt_generator_manual_seed(IntPtr self, ulong seed);

    [LibraryImport(Library)]
    internal static partial Tensor rt_generator_get_state(IntPtr self);

    [LibraryImport(Library)]
    internal static partial int rt_generator_set_state(IntPtr self, Tensor state);

    [LibraryImport(Library)]
    internal static partial int rt_normal_(Tensor self, double mean, double std, IntPtr generator);

    [LibraryImport(Library)]
    internal static partial int rt_uniform_(Tensor self, double from, double to, IntPtr generator);

    [LibraryImport(Library)]
    internal static partial int rt_random_(Tensor self, long from, long to, IntPtr generator);

    [LibraryImport(Library)]
    internal static partial int rt_bernoulli_(Tensor self, double p, IntPtr generator);

    [LibraryImport(Library)]
    internal static partial int rt_bernoulli_tensor_(Tensor self, Tensor p, IntPtr generator);
}
