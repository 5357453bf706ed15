using System.Runtime.InteropServices;

namespace ResNetGen.Native;

internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial IntPtr rn_stream_new(int type, int index);

    [LibraryImport(Library)]
    internal static partial void rn_stream_free(IntPtr stream);

    [LibraryImport(Library)]
    internal static partial IntPtr rn_stream_enter(IntPtr stream);

    [LibraryImport(Library)]
    internal static partial int rn_stream_leave(IntPtr before);

    [LibraryImport(Library)]
    internal static partial IntPtr rn_event_new(int type, int index);

    [LibraryImport(Library)]
    internal static partial void rn_event_free(IntPtr point);

    [LibraryImport(Library)]
    internal static partial int rn_event_record(IntPtr point);

    [LibraryImport(Library)]
    internal static partial int rn_event_block(IntPtr point);

    [LibraryImport(Library)]
    internal static partial int rn_event_wait(IntPtr point);
}
