using System.Runtime.InteropServices;

namespace ResNetGen.Native;

/// <summary>
/// The libraries that are opened before libtorch, one after another: the dynamic linker looks the symbols of all libraries that it
/// opens together up in all of them, and Debian's libtorch brings 280. Which ones, and in which order, the build writes beside the
/// shim (build/native-library.sh). Both assemblies with native halves have this file; a library that is open already costs nothing.
/// </summary>
internal static class OpenedFirst
{
    private static readonly Lazy<int> Opened = new(static () => OpenAll(Path.Combine(AppContext.BaseDirectory, "libresnetgen_torch.first")));

    /// <summary>Opens them, once a process.</summary>
    /// <returns>How many were opened.</returns>
    public static int Open() => Opened.Value;

    /// <summary>Opens what a file names, a library a line. All of it is for speed alone: what is not there is passed over.</summary>
    /// <param name="list">The file; it may be absent.</param>
    /// <returns>How many were opened.</returns>
    internal static int OpenAll(string list)
    {
        string[] names;
        try
        {
            names = File.Exists(list) ? File.ReadAllLines(list) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }

        int opened = 0;
        foreach (string name in names)
        {
            if (name.Length > 0 && NativeLibrary.TryLoad(name, out _))
            {
                opened++;
            }
        }

        return opened;
    }
}
