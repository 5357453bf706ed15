using System.Runtime.InteropServices;

namespace ResNetGen.Data;

/// <summary>libpng's simplified API (version 1.6): the one that returns from an error instead of jumping.</summary>
internal static partial class LibPng
{
    /// <summary>Red, green, blue and opacity, a byte each.</summary>
    public const uint Rgba = 3;

    /// <summary>Values of 16 bits are taken for sRGB, as those of 8 bits are, not for linear ones.</summary>
    public const uint SixteenBitIsSrgb = 4;

    [LibraryImport(ImageLibraries.Png)]
    public static unsafe partial int png_image_begin_read_from_memory(ref Image image, byte* file, nuint length);

    [LibraryImport(ImageLibraries.Png)]
    public static unsafe partial int png_image_finish_read(ref Image image, void* background, byte* pixels, int stride, void* colormap);

    [LibraryImport(ImageLibraries.Png)]
    public static partial void png_image_free(ref Image image);

    /// <summary>png_image.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct Image
    {
        public nint Opaque;
        public uint Version;
        public uint Width;
        public uint Height;
        public uint Format;
        public uint Flags;
        public uint ColormapEntries;
        public uint WarningOrError;
        public fixed byte Message[64];

        public string Text
        {
            get
            {
                fixed (byte* text = Message) return Marshal.PtrToStringUTF8((nint)text) ?? "";
            }
        }
    }
}
