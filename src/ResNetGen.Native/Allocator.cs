namespace ResNetGen.Native;

/// <summary>Settings of the process's memory allocator.</summary>
public static class Allocator
{
    private static readonly Lazy<bool> Tuned = new(() => NativeMethods.IsAvailable && NativeMethods.rn_keep_freed_memory() == 1);

    /// <summary>
    /// Lets the memory that one training step frees serve the next, instead of going back to the kernel page by page: with
    /// glibc's defaults touching fresh pages costs as much as the arithmetic. Once per process is enough; later calls do nothing.
    /// </summary>
    /// <returns>Whether the allocator took the settings; false where it has none such.</returns>
    public static bool TuneForTraining() => Tuned.Value;
}
