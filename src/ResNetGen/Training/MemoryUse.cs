using ResNetGen.Native;
using TorchSharp;

namespace ResNetGen.Training;

/// <summary>What a run holds in memory at one moment.</summary>
/// <param name="ResidentBytes">Bytes that the process holds in main memory.</param>
/// <param name="AllocatedBytes">Bytes that tensors hold on the GPU; null on the CPU, or where the provider does not say.</param>
/// <param name="ReservedBytes">Bytes that torch's allocator has taken from the GPU; null where <paramref name="AllocatedBytes"/> is.</param>
public readonly record struct MemoryUse(long ResidentBytes, long? AllocatedBytes = null, long? ReservedBytes = null)
{
    /// <summary>The bytes that run out first: on the GPU where there is one, else in main memory.</summary>
    public long Bytes => ReservedBytes ?? ResidentBytes;

    /// <summary>Now, for a run on a device.</summary>
    internal static MemoryUse Now(torch.Device device)
    {
        (long Allocated, long Reserved)? held = DeviceMemory.Held(device);
        return new MemoryUse(ProcessMemory.ResidentBytes, held?.Allocated, held?.Reserved);
    }
}
