using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/runtime.cpp.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int rt_get_num_threads(out int result);

    [LibraryImport(Library)]
    internal static partial int rt_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int rt_get_num_interop_threads(out int result);

    [LibraryImport(Library)]
    internal static partial int rt_set_num_interop_threads(int count);

    [LibraryImport(Library)]
    internal static partial int rt_get_default_dtype(out int result);

    [LibraryImport(Library)]
    internal static partial int rt_set_default_dtype(int type);

    [LibraryImport(Library)]
    internal static partial int rt_cuda_is_available();

    [LibraryImport(Library)]
    internal static partial int rt_cuda_device_count();

    [LibraryImport(Library)]
    internal static partial int rt_cudnn_is_available();

    [LibraryImport(Library)]
    internal static partial int rt_cuda_synchronize(int index);

    [LibraryImport(Library)]
    internal static partial int rt_get_context_flag(int which, out int result);

    [LibraryImport(Library)]
    internal static partial int rt_set_context_flag(int which, int value);

    [LibraryImport(Library)]
    internal static partial int rt_save(Tensor self, [MarshalAs(UnmanagedType.LPUTF8Str)] string path);

    [LibraryImport(Library)]
    internal static partial Tensor rt_load([MarshalAs(UnmanagedType.LPUTF8Str)] string path);
}
