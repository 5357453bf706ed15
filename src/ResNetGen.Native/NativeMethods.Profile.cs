using System.Runtime.InteropServices;

namespace ResNetGen.Native;

/// <summary>native/profile.cpp.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial IntPtr rn_profile_begin([In] IntPtr[] parameters, [In] int[] layers, long count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_profile_enter(IntPtr recording, string name, int layer);

    [LibraryImport(Library)]
    internal static partial int rn_profile_leave(IntPtr recording);

    [LibraryImport(Library)]
    internal static partial long rn_profile_count(IntPtr recording);

    [LibraryImport(Library)]
    internal static partial IntPtr rn_profile_call(
        IntPtr recording, long index, out int parent, out int layer, out int kind, out long count, out long nanoseconds);

    [LibraryImport(Library)]
    internal static partial int rn_profile_end(IntPtr recording);
}
