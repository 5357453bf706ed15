using System.Runtime.InteropServices;

namespace ResNetGen.Native;

// Inference plans: handles are resnetgen::Program*.
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int rn_plan_version();

    [LibraryImport(Library)]
    internal static partial IntPtr rn_plan_begin(long batch, int bfloat16, int threads, int layout);

    [LibraryImport(Library)]
    internal static partial void rn_plan_end(IntPtr plan);

    [LibraryImport(Library)]
    internal static partial int rn_plan_input(IntPtr plan, long channels, long height, long width);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_plan_convolution(
        IntPtr plan, string name, int source, int addend, IntPtr weight, IntPtr bias, long stride, long padding, long dilation, long groups, int function, float slope);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_plan_linear(IntPtr plan, string name, int source, IntPtr weight, IntPtr bias, int function, float slope);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_plan_scale_shift(IntPtr plan, string name, int source, IntPtr scale, IntPtr shift, int function, float slope);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_plan_function(IntPtr plan, string name, int source, int function, float slope);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_plan_pool(IntPtr plan, string name, int source, int mean, [In] long[] kernel, [In] long[] stride, [In] long[] padding);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_plan_zero_pad(IntPtr plan, string name, int source, long stride, long before, long channels);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_plan_sum(IntPtr plan, string name, [In] int[] terms, int count, int function, float slope);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_plan_product(IntPtr plan, string name, int source, int factor, int addend, int function, float slope);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_plan_stack(IntPtr plan, string name, [In] int[] parts, int count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_plan_flatten(IntPtr plan, string name, int source);

    [LibraryImport(Library)]
    internal static partial int rn_plan_complete(IntPtr plan, int output);

    [LibraryImport(Library)]
    internal static unsafe partial int rn_plan_run(IntPtr plan, float* images, long count, float* result);

    [LibraryImport(Library)]
    internal static partial long rn_plan_arena_bytes(IntPtr plan);

    [LibraryImport(Library)]
    internal static partial long rn_plan_weight_bytes(IntPtr plan);

    [LibraryImport(Library)]
    internal static partial long rn_plan_region_count(IntPtr plan);

    [LibraryImport(Library)]
    internal static partial void rn_plan_region(IntPtr plan, long index, [Out] long[] numbers);

    [LibraryImport(Library)]
    internal static partial long rn_plan_step_count(IntPtr plan);

    [LibraryImport(Library)]
    internal static partial IntPtr rn_plan_step(IntPtr plan, long index, out IntPtr implementation);
}
