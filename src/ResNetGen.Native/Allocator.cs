namespace ResNetGen.Native;

/// <summary>Settings of the process's memory allocators.</summary>
public static class Allocator
{
    private static readonly Lazy<bool> Tuned = new(static () =>
    {
        if (!NativeMethods.IsAvailable) return false;
        bool kept = NativeMethods.rn_keep_freed_memory() == 1;
        return NativeMethods.rn_tensor_region() switch
        {
            < 0 => throw NativeMethods.Error(),
            1 => true,
            _ => kept,
        };
    });

    /// <summary>
    /// Lets the memory that one training step frees serve the next, instead of going back to the kernel page by page: with
    /// glibc's defaults touching fresh pages costs as much as the arithmetic. Tensors on the processor that are made afterwards lie in
    /// a region of their own, packed, where small blocks of others keep no gaps open. Once per process is enough, best before
    /// the network is made; later calls do nothing.
    /// </summary>
    /// <returns>Whether an allocator took the settings; false where none has such.</returns>
    public static bool TuneForTraining() => Tuned.Value;

    /// <summary>
    /// Gives freed memory back to the kernel: what loading or another phase of a program left behind then no longer counts as held.
    /// What is needed next must be taken from the kernel again, so this is for the turn of phases, not for every step.
    /// </summary>
    /// <remarks>
    /// On Linux the pages of opened program files go too, as far as nobody has changed them: opening libtorch and the libraries that it needs touches
    /// more than 100 MiB (docs/memory.md), most of them once (symbols, relocations, the constructors of its tables of operations). What runs again comes back from
    /// the kernel's cache of files and counts again. It takes some milliseconds.
    /// </remarks>
    public static void ReleaseFreed()
    {
        if (!NativeMethods.IsAvailable) return;
        _ = NativeMethods.rn_release_freed_memory();
        if (NativeMethods.rn_tensor_region_release() != 0) throw NativeMethods.Error();
        if (NativeMethods.rn_release_opened_files() < 0) throw NativeMethods.Error();
    }

    /// <summary>Bytes that tensors hold in their region, and how far it reaches: what lies between is gaps. Zeros where there is none.</summary>
    internal static (long Taken, long Extent) Region
    {
        get
        {
            if (!NativeMethods.IsAvailable) return default;
            NativeMethods.rn_tensor_region_bytes(out long taken, out long extent);
            return (taken, extent);
        }
    }
}
