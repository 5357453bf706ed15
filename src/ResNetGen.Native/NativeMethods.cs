using System.Runtime.InteropServices;

namespace ResNetGen.Native;

/// <summary>The C functions of <c>libresnetgen_native</c>, and whether the library is there at all.</summary>
internal static partial class NativeMethods
{
    private const string Library = "resnetgen_native";

    /// <summary>
    /// Whether the library could be loaded. It is built against the libtorch of the LibTorch provider; with the official
    /// packages it is absent and every caller has a portable way.
    /// </summary>
    internal static bool IsAvailable { get; } = Load();

    [LibraryImport(Library)]
    private static partial IntPtr rn_last_error();

    [LibraryImport(Library)]
    internal static partial IntPtr rn_channels_last(IntPtr tensor);

    [LibraryImport(Library)]
    internal static partial int rn_set_channels_last(IntPtr parameter);

    [LibraryImport(Library)]
    internal static partial int rn_is_channels_last(IntPtr tensor);

    [LibraryImport(Library)]
    internal static partial int rn_autocast_enter(int device, int dtype, out int enabledBefore, out int dtypeBefore);

    [LibraryImport(Library)]
    internal static partial int rn_autocast_leave(int device, int enabledBefore, int dtypeBefore);

    [LibraryImport(Library)]
    internal static partial int rn_autocast_keep();

    [LibraryImport(Library)]
    internal static partial int rn_autocast_forget();

    [LibraryImport(Library)]
    internal static partial int rn_keep_freed_memory();

    [LibraryImport(Library)]
    internal static partial int rn_release_freed_memory();

    [LibraryImport(Library)]
    internal static partial long rn_release_opened_files();

    [LibraryImport(Library)]
    internal static partial int rn_tensor_region();

    [LibraryImport(Library)]
    internal static partial void rn_tensor_region_bytes(out long taken, out long extent);

    [LibraryImport(Library)]
    internal static partial int rn_tensor_region_release();

    [LibraryImport(Library)]
    internal static partial long rn_first_not_finite([In] IntPtr[] tensors, long count);

    [LibraryImport(Library)]
    internal static partial IntPtr rn_memory_meter_begin();

    [LibraryImport(Library)]
    internal static partial long rn_memory_meter_held(IntPtr meter, int onCpu);

    [LibraryImport(Library)]
    internal static partial void rn_memory_meter_end(IntPtr meter);

    [LibraryImport(Library)]
    internal static partial int rn_device_memory(IntPtr like, out long allocated, out long reserved);

    private static bool Load()
    {
        OpenedFirst.Open();
        return NativeLibrary.TryLoad(Library, typeof(NativeMethods).Assembly, null, out _);
    }

    /// <summary>Raises what the last failed call on this thread left as its message.</summary>
    internal static ExternalException Error() =>
        new(Marshal.PtrToStringUTF8(rn_last_error()) ?? "unknown native error");
}
