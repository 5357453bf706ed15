using System.Reflection;
using System.Runtime.InteropServices;

namespace ResNetGen.Data;

/// <summary>Finds the system's image libraries under the names they have on each system, and says what to install where one is missing.</summary>
internal static class ImageLibraries
{
    public const string Jpeg = "turbojpeg";
    public const string Png = "png16";

    private static readonly Library TurboJpeg = new(
        "libturbojpeg, which reads JPEG files,",
        "libturbojpeg0",
        "jpeg-turbo",
        ["libturbojpeg.so.0", "libturbojpeg.so", "libturbojpeg.0.dylib", "/opt/homebrew/opt/jpeg-turbo/lib/libturbojpeg.dylib", "/usr/local/opt/jpeg-turbo/lib/libturbojpeg.dylib", "turbojpeg.dll", "libturbojpeg.dll"]);

    private static readonly Library LibPng = new(
        "libpng, which reads PNG files,",
        "libpng16-16",
        "libpng",
        ["libpng16.so.16", "libpng16.so", "libpng16.16.dylib", "/opt/homebrew/opt/libpng/lib/libpng16.dylib", "/usr/local/opt/libpng/lib/libpng16.dylib", "libpng16.dll", "libpng16-16.dll"]);

    static ImageLibraries() => NativeLibrary.SetDllImportResolver(typeof(ImageLibraries).Assembly, static (name, _, _) => name switch
    {
        Jpeg => TurboJpeg.Handle,
        Png => LibPng.Handle,
        _ => 0,
    });

    /// <summary>Refuses to go on without the library.</summary>
    /// <param name="library"><see cref="Jpeg"/> or <see cref="Png"/>.</param>
    /// <param name="file">The file that needs it.</param>
    /// <exception cref="BadInputException">It is not installed.</exception>
    public static void Require(string library, string file) => (library == Jpeg ? TurboJpeg : LibPng).Require(file);

    /// <summary>One library: what it is for, what its package is called, which names it goes by.</summary>
    internal sealed class Library(string what, string debian, string homebrew, string[] names)
    {
        private readonly Lazy<nint> handle = new(() => Load(names));

        /// <summary>Its handle; 0 where it is not installed.</summary>
        public nint Handle => handle.Value;

        public void Require(string file)
        {
            if (Handle == 0)
                throw new BadInputException($"{file} cannot be read: {what} is not installed on this machine (looked for {string.Join(", ", names)}). Install it: apt-get install {debian} (Debian, Ubuntu), or brew install {homebrew} (macOS).");
        }

        private static nint Load(string[] names)
        {
            foreach (string name in names)
                if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out nint found)) return found;
            return 0;
        }
    }
}
