using TorchSharp;

namespace ResNetGen.Native;

/// <summary>libtorch as a file that takes its time to be opened.</summary>
public static class TorchLibrary
{
    private static int _begun;
    private static volatile bool _ends;

    /// <summary>
    /// Opens libtorch on a thread of its own and returns at once: about 0.4 seconds on Debian's, in which a program can read its
    /// command line, describe its network or open its data. Who needs libtorch sooner waits for it as without this call, and an error
    /// in opening it shows there. A program that ends meanwhile waits for it, too. Later calls do nothing.
    /// </summary>
    public static void OpenInBackground()
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            return;
        }

        Thread thread = new(Open) { IsBackground = true, Name = "libtorch" };
        // Libraries that are closed while they are being opened end a process with a crash instead of its exit code.
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            _ends = true;
            thread.Join();
        };
        thread.Start();
    }

    private static void Open()
    {
        try
        {
            OpenedFirst.Open();
            if (!_ends)
            {
                torch.get_num_threads();
                _ = NativeMethods.IsAvailable;
            }
        }
        catch (Exception)
        {
            // Whoever needs it gets the same error, and can say what it was needed for.
        }
    }
}
