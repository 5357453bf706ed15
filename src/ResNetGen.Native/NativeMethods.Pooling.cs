using System.Runtime.InteropServices;

namespace ResNetGen.Native;

internal static partial class NativeMethods
{
    /// <summary>RnMaxPool of max_pool.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MaxPoolCall
    {
        internal long Kernel0, Kernel1, Stride0, Stride1, Padding0, Padding1, Dilation0, Dilation1, Ceil;
    }

    [LibraryImport(Library)]
    internal static partial int rn_max_pool_takes(IntPtr map, in MaxPoolCall pool);

    [LibraryImport(Library)]
    internal static partial IntPtr rn_max_pool(IntPtr map, in MaxPoolCall pool);

    [LibraryImport(Library)]
    internal static partial int rn_max_pool_instructions(int wanted);
}
