using TorchSharp;

namespace ResNetGen.Native;

/// <summary>libtorch as a file that takes its time to be opened.</summary>
public static class TorchLibrary
{
    private static int _begun;

    /// <summary>
    /// Opens libtorch on a thread of its own and returns at once: about 0.3 seconds on Debian's, in which a program can read its
    /// command line, describe its network or open its data. Who needs libtorch sooner waits for it as without this call, and an error
    /// in opening it shows there. Later calls do nothing.
    /// </summary>
    public static void OpenInBackground()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0)
        {
            new Thread(Open) { IsBackground = true, Name = "libtorch" }.Start();
        }
    }

    private static void Open()
    {
        try
        {
            torch.get_num_threads();
            _ = NativeMethods.IsAvailable;
        }
        catch (Exception)
        {
            // Whoever needs it gets the same error, and can say what it was needed for.
        }
    }
}
