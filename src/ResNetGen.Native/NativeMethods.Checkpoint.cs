using System.Runtime.InteropServices;

namespace ResNetGen.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial IntPtr rn_checkpoint(
        IntPtr input,
        [In] IntPtr[] parameters,
        long parameterCount,
        [In] IntPtr[] buffers,
        long bufferCount,
        IntPtr block,
        delegate* unmanaged[Cdecl]<IntPtr, IntPtr, IntPtr, int, int> run,
        delegate* unmanaged[Cdecl]<IntPtr, void> release,
        int draws);

    [LibraryImport(Library)]
    internal static partial int rn_checkpoint_give(IntPtr answer, IntPtr output);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void rn_checkpoint_refuse(IntPtr answer, string message);
}
