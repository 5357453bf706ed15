using System.Runtime.InteropServices;

namespace ResNetGen.Native;

internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int rn_graph_available();

    [LibraryImport(Library)]
    internal static partial IntPtr rn_graph_begin();

    [LibraryImport(Library)]
    internal static partial int rn_graph_end(IntPtr graph);

    [LibraryImport(Library)]
    internal static partial int rn_graph_replay(IntPtr graph);

    [LibraryImport(Library)]
    internal static partial void rn_graph_free(IntPtr graph);

    [LibraryImport(Library)]
    internal static partial int rn_mark_not_finite([In] IntPtr[] tensors, long count, IntPtr found);
}
