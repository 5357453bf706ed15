using System.Runtime.InteropServices;
using System.Text;

namespace ResNetGen.Weights;

/// <summary>
/// Writes files that appear whole or not at all: written under a temporary name in the same folder, flushed to the disk,
/// renamed, and the folder flushed too, so that neither a killed process nor a lost machine leaves half a file under the name.
/// </summary>
internal static partial class AtomicFile
{
    /// <summary>Ending of files that were never finished. Nothing reads them; the next write to the folder may delete them.</summary>
    public const string TemporaryEnding = ".unfinished";

    public static void Write(string path, Action<FileStream> write)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? throw new BadInputException($"{path} is a folder; expected the name of a file to write.");
        string temporary = full + TemporaryEnding;
        try
        {
            Directory.CreateDirectory(folder);
            try
            {
                using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }
                File.Move(temporary, full, overwrite: true);
            }
            catch
            {
                TryDelete(temporary);
                throw;
            }
            FlushFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"{path} cannot be written: {e.Message} What stood there before is untouched. Check free space and permissions of {folder}, or name another folder.", e);
        }
    }

    /// <summary>The same for text, as UTF-8 without a mark.</summary>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is not needed and does no harm.
        }
    }

    /// <summary>A rename is on the disk only when its folder is. Windows has no such call and needs none.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int descriptor = Open(folder, 0);
        if (descriptor < 0) return;
        // Some file systems refuse to flush folders; the file itself is flushed all the same.
        _ = Fsync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
