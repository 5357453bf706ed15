using ResNetGen.Native;

namespace ResNetGen.Bench;

/// <summary>The peak of resident memory, started anew for a phase.</summary>
internal static class PeakMemory
{
    /// <summary>Starts the peak anew where the kernel allows it (Linux, /proc/self/clear_refs); whether it did.</summary>
    public static bool Reset()
    {
        ProgramFiles.NoteResident();
        // What loading, checking or an earlier batch left behind is not this batch's; bench/pytorch/memory.py does the same, but for the pages of
        // program files that ReleaseFreed lets go of, as Trainer has it do before its first step: PyTorch has nothing of the kind.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Allocator.ReleaseFreed();
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5\n");
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
