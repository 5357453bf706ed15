using System.Runtime.InteropServices;

namespace ResNetGen.Data;

/// <summary>The part of libturbojpeg's C API that decoding takes (version 1.4 or newer; the functions of 2.x).</summary>
internal static partial class TurboJpeg
{
    /// <summary>Red, green, blue and a byte that means nothing.</summary>
    public const int Rgbx = 2;

    /// <summary>Cyan, magenta, yellow and black: the only format that CMYK and YCCK files decode to.</summary>
    public const int Cmyk = 11;

    /// <summary>An error after 500 scans: a progressive file can ask for any number, each as much work as a picture.</summary>
    public const int LimitScans = 32768;

    [LibraryImport(ImageLibraries.Jpeg)]
    public static partial nint tjInitDecompress();

    [LibraryImport(ImageLibraries.Jpeg)]
    public static partial int tjDestroy(nint handle);

    [LibraryImport(ImageLibraries.Jpeg)]
    public static unsafe partial int tjDecompress2(Handle handle, byte* file, CULong length, byte* pixels, int width, int pitch, int height, int format, int flags);

    /// <summary>What went wrong last, as text that lives until the next call.</summary>
    [LibraryImport(ImageLibraries.Jpeg)]
    public static partial nint tjGetErrorStr2(Handle handle);

    /// <summary>0 for a warning: the picture is there, as far as the file has it.</summary>
    [LibraryImport(ImageLibraries.Jpeg)]
    public static partial int tjGetErrorCode(Handle handle);

    /// <summary>A decompressor; for one thread at a time.</summary>
    internal sealed class Handle : SafeHandle
    {
        public Handle() : base(0, ownsHandle: true) => SetHandle(tjInitDecompress());

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => tjDestroy(handle) == 0;
    }
}
